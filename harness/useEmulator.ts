import { Emulator } from '../emulator/server';

/**
 * Starts an emulator for the tests of a file; it is back at its start for every one of them.
 *
 * @param started takes it, before the first test
 */
export function useEmulator(started: (emulator: Emulator) => void): void {
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await Emulator.start();
		started(emulator);
	});
	beforeEach(() => emulator.reset());
	afterAll(async () => await emulator.stop());
}
