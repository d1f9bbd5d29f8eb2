import { CLIENT_PORTAL, DEALERS, PREMIUM } from '../../emulator/seed';
import { planSync } from '../../nodes/ZohoCrmPortals/resources/portalUser/syncPlan';
import type { PortalPerson } from '../../nodes/ZohoCrmPortals/resources/portalUser/change';
import { count, median, table } from '../table';

const ROUNDS = 9;

const TYPES = [CLIENT_PORTAL, DEALERS, PREMIUM];

/** Time to plan the changes of a list of this many people in a portal with the same number. */
export function measurePlans(): string {
	const rows = [5_000, 10_000, 25_000, 50_000].map((amount) => {
		const run = planOf(amount);
		run();
		const times = Array.from({ length: ROUNDS }, () => {
			const start = performance.now();
			run();
			return performance.now() - start;
		});
		const ms = median(times);
		return [count(amount), `${ms.toFixed(0)} ms`, `${((1000 * ms) / amount).toFixed(1)} µs`];
	});
	return table(['people', 'a plan', 'for each person'], rows);
}

/** Of 1,000 people, 5 are invited, 3 moved, 2 activated and 13 removed. */
function planOf(amount: number): () => void {
	const types = TYPES.map((id) => ({ id, name: id, module: 'Contacts' }));
	const typeOf = (index: number) => TYPES[index % TYPES.length];
	const people: PortalPerson[] = Array.from({ length: amount }, (_, index) => ({
		id: `7310000${String(index).padStart(12, '0')}`,
		userType: typeOf(index % 1000 < 3 ? index + 1 : index),
		active: index % 1000 < 3 || index % 1000 > 4,
		confirmed: true,
	}));
	const list = people
		.map(({ id }, index) => ({
			id: index % 1000 > 994 ? id.replace('7310000', '7320000') : id,
			userType: typeOf(index),
			resend: false,
		}))
		.filter((_, index) => index % 1000 < 982 || index % 1000 > 989);
	const governed = new Set(TYPES);
	return () => {
		planSync(people, list, { types, others: 'deactivate', governed });
	};
}
