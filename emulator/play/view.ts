import type { PortalUser, World } from '../world';
import { targetsOf } from './changes';

/** A call that was received, with its position among all calls. */
export interface SeenCall {
	number: number;
	method: string;
	/** As received, including the query. */
	url: string;
	/** 0 while there is no answer, or if a fault held it back. */
	status: number;
}

/** The content of the page: some people of every user type, and the newest calls. */
export interface View {
	userTypes: Array<{
		id: string;
		name: string;
		portal: string;
		module: string;
		/** The number of people that the search found; `people` has the latest of them. */
		found: number;
		/** The user types to which they can be moved. */
		targets: Array<{ id: string; name: string }>;
		people: Array<
			Pick<PortalUser, 'personality_id' | 'name' | 'email' | 'active' | 'confirm' | 'invited_time'>
		>;
	}>;
	/** Newest first. */
	calls: SeenCall[];
}

/** The most people shown per user type. */
const MOST_PEOPLE = 20;

const MOST_CALLS = 50;

/**
 * The view at this moment.
 *
 * @param calls all calls, in the order of their arrival
 * @param search part of a name, an email address or an ID; empty for everybody
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
			// The person who was added last is at the top.
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
