import { ContractCheck, lineOf } from '../emulator/schema/check';
import type { Emulator } from '../emulator/server';

/**
 * Checks every call that the tests of this file make to an emulator, and every answer, against the
 * contract. A violation fails the test that made the call.
 *
 * @param emulator the emulator of the file, once it has started
 */
export function guardContract(emulator: () => Emulator): void {
	const check = new ContractCheck();
	beforeEach(() => {
		emulator().onExchange = check.see;
	});
	afterEach(() => expectInside(check));
}

/** @throws with the call, the pointer and the schema of every violation since the last check */
export function expectInside(check: ContractCheck): void {
	const lines = new Set(check.take().map(lineOf));
	if (lines.size > 0) throw new Error(`Outside the contract:\n${[...lines].join('\n')}`);
}
