import type { PortalUser, World } from '../world';
import { targetsOf } from './changes';

/** A call that came in, with its place among all of them. */
export interface SeenCall {
	number: number;
	method: string;
	/** As it was on the wire, query included. */
	url: string;
	/** 0 while there is no answer, and where a fault kept it back. */
	status: number;
}

/** What the page shows: some people of every user type, and the newest calls. */
export interface View {
	userTypes: Array<{
		id: string;
		name: string;
		portal: string;
		module: string;
		/** People whom the search found; `people` holds the latest of them. */
		found: number;
		/** User types to which they can be moved. */
		targets: Array<{ id: string; name: string }>;
		people: Array<
			Pick<PortalUser, 'personality_id' | 'name' | 'email' | 'active' | 'confirm' | 'invited_time'>
		>;
	}>;
	/** The newest first. */
	calls: SeenCall[];
}

/** People of one user type that are shown. */
const MOST_PEOPLE = 20;

const MOST_CALLS = 50;

/**
 * What there is to see at this moment.
 *
 * @param calls all of them, in the order in which they came
 * @param search part of a name, an email address or an id; empty for everybody
 */
export function view(
	world: World,
	calls: ReadonlyArray<Omit<SeenCall, 'number'>>,
	search: string,
): View {
	const wanted = search.trim().toLowerCase();
	const matches = ({ name, email, personality_id }: PortalUser) =>
		[name, email, personality_id].some((text) => text.toLowerCase().includes(wanted));
	return {
		userTypes: [...world.userTypes.values()].map((type) => {
			// Who was added last is on top.
			const people = world.usersOf(type.id).filter(matches).reverse();
			return {
				id: type.id,
				name: type.name,
				portal: type.portal,
				module: type.personality_module.api_name,
				found: people.length,
				targets: targetsOf(world, type).map(({ id, name }) => ({ id, name })),
				people: people.slice(0, MOST_PEOPLE).map(shown),
			};
		}),
		calls: calls
			.map(({ method, url, status }, index) => ({ number: index + 1, method, url, status }))
			.slice(-MOST_CALLS)
			.reverse(),
	};
}

function shown(user: PortalUser): View['userTypes'][number]['people'][number] {
	const { personality_id, name, email, active, confirm, invited_time } = user;
	return { personality_id, name, email, active, confirm, invited_time };
}
