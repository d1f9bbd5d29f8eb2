import { UsersTransferDelete } from '@zohocrm/typescript-sdk-8.0';

import { ASHA, BEN, CHLOE, EMIL, UNKNOWN } from '../../emulator/seed';
import { parameters, read, useSdk } from './sdk';

const emulator = useSdk();

const operations = new UsersTransferDelete.UsersTransferDeleteOperations();

/** What is to become of the records of a user, and of those who report to that user. */
function toChloe(id?: string): UsersTransferDelete.BodyWrapper {
	const given = new UsersTransferDelete.TransferAndDelete();
	if (id !== undefined) given.setId(BigInt(id));
	const transfer = new UsersTransferDelete.Transfer();
	transfer.setId(BigInt(CHLOE));
	transfer.setRecords(true);
	transfer.setAssignment(true);
	transfer.setCriteria(false);
	given.setTransfer(transfer);
	const subordinates = new UsersTransferDelete.MoveSubordinate();
	subordinates.setId(BigInt(ASHA));
	given.setMoveSubordinate(subordinates);
	const body = new UsersTransferDelete.BodyWrapper();
	body.setTransferAndDelete([given]);
	return body;
}

const stateOf = (id: string) => emulator().world.users.get(id)?.status;

const jobId = () => [...emulator().world.jobs.keys()].at(-1) ?? '';

async function status(id: string) {
	const given = await parameters([UsersTransferDelete.GetStatusParam.JOB_ID, BigInt(id)]);
	return read(await operations.getStatus(given));
}

describe.each([
	['oas', 'job_id'],
	['docs', 'jobId'],
] as const)('in the form of the %s', (sources, key) => {
	beforeEach(() => {
		emulator().switches.sources = sources;
	});

	test.each([
		['userTransferAndDelete', () => operations.userTransferAndDelete(BigInt(BEN), toChloe())],
		['usersTransferAndDelete', () => operations.usersTransferAndDelete(toChloe(BEN))],
	])('%s becomes a job, and getStatus reads it', async (_, call) => {
		emulator().switches.jobReads = 1;
		const manager = { id: BEN, name: 'Ben Ortiz' };
		Object.assign(emulator().world.users.get(EMIL) ?? {}, { Reporting_To: manager });
		expect(read(await call())).toMatchObject({
			status: 200,
			as: 'ActionWrapper',
			body: { transferAndDelete: [{ code: 'SUCCESS', details: { [key]: jobId() } }] },
		});
		const jobIs = (word: string) => ({
			status: 200,
			as: 'ResponseWrapper',
			body: { transferAndDelete: [{ status: word }] },
		});
		expect(await status(jobId())).toEqual(jobIs('in_progress'));
		expect(stateOf(BEN)).toBe('active');
		expect(await status(jobId())).toEqual(jobIs('completed'));
		expect(stateOf(BEN)).toBe('deleted');
		expect(emulator().world.users.get(EMIL)).toMatchObject({ Reporting_To: { id: ASHA } });
	});
});

test('getStatus of an unknown job', async () => {
	expect(await status(UNKNOWN)).toEqual({ status: 204 });
});

test('usersTransferAndDelete is refused without an id, and for an unknown one', async () => {
	expect(read(await operations.usersTransferAndDelete(toChloe()))).toMatchObject({
		status: 400,
		as: 'APIException',
		body: { code: 'MANDATORY_NOT_FOUND' },
	});
	expect(read(await operations.usersTransferAndDelete(toChloe(UNKNOWN)))).toMatchObject({
		status: 400,
		as: 'ActionWrapper',
		body: { transferAndDelete: [{ code: 'INVALID_DATA', details: { id: UNKNOWN } }] },
	});
});

test('userTransferAndDelete is refused for the super admin', async () => {
	expect(read(await operations.userTransferAndDelete(BigInt(ASHA), toChloe()))).toMatchObject({
		status: 400,
		as: 'APIException',
		body: { code: 'NOT_ALLOWED', details: { resource_path_index: 1 } },
	});
});
