import type { Connection } from './connection';

/**
 * A read that a run of the node makes once for each key, however many items ask for it. Nothing is
 * kept between runs, since every run has a connection of its own.
 */
export function oncePerRun<Key extends string[], T>(
	read: (connection: Connection, ...key: Key) => Promise<T>,
): (connection: Connection, ...key: Key) => Promise<T> {
	const known = new WeakMap<Connection, Map<string, Promise<T>>>();
	return async (connection, ...key) => {
		const ofRun = known.get(connection) ?? new Map<string, Promise<T>>();
		known.set(connection, ofRun);
		const name = JSON.stringify(key);
		const found = ofRun.get(name) ?? read(connection, ...key);
		ofRun.set(name, found);
		return await found;
	};
}
