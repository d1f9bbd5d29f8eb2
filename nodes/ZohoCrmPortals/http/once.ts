import type { Connection } from './connection';

/**
 * A value that is kept for one run of the node. Nothing is kept between runs, because every run has
 * its own connection.
 */
export function perRun<T extends object>(begin: () => T): (connection: Connection) => T {
	const known = new WeakMap<Connection, T>();
	return (connection) => {
		const ofRun = known.get(connection) ?? begin();
		known.set(connection, ofRun);
		return ofRun;
	};
}

/**
 * A read that a run of the node makes only once for each key, regardless of how many items need it.
 */
export function oncePerRun<Key extends Array<string | undefined>, T>(
	read: (connection: Connection, ...key: Key) => Promise<T>,
): (connection: Connection, ...key: Key) => Promise<T> {
	const known = perRun(() => new Map<string, Promise<T>>());
	return async (connection, ...key) => {
		const name = JSON.stringify(key);
		const found = known(connection).get(name) ?? read(connection, ...key);
		known(connection).set(name, found);
		return await found;
	};
}
