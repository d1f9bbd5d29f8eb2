/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the SDK keeps its tokens in a file */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Param } from '@zohocrm/typescript-sdk-8.0';
import {
	Choice,
	Environment,
	FileStore,
	InitializeBuilder,
	OAuthBuilder,
	ParameterMap,
} from '@zohocrm/typescript-sdk-8.0';

import { CLIENT_ID, CLIENT_SECRET } from '../../emulator/oauth';
import { Emulator } from '../../emulator/server';
import { guardContract } from '../../harness/contract';

const SCOPE = 'ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL,ZohoCRM.settings.ALL';

/** Gives the SDK what it needs to get an access token. */
type Grant = (token: OAuthBuilder, emulator: Emulator) => Promise<OAuthBuilder> | OAuthBuilder;

const withRefreshToken: Grant = (token, emulator) =>
	token.refreshToken(emulator.connect(SCOPE).refresh_token);

/**
 * Has Zoho's own SDK speak to an emulator during the tests of a file, with its own token handling
 * and its file of tokens. There is one SDK in a process, and it is connected once. Every request that
 * it makes and every answer that it gets is held against the contract.
 *
 * @returns the emulator, which is as new before each test
 */
export function useSdk(grant = withRefreshToken): () => Emulator {
	const directory = mkdtempSync(join(tmpdir(), 'zoho-sdk-'));
	let emulator: Emulator;
	beforeAll(async () => {
		emulator = await Emulator.start();
		await connect(emulator, directory, grant);
	});
	beforeEach(() => emulator.reset());
	afterAll(async () => {
		await emulator.stop();
		rmSync(directory, { recursive: true });
	});
	guardContract(() => emulator);
	return () => emulator;
}

async function connect(emulator: Emulator, directory: string, grant: Grant): Promise<void> {
	const { origin } = emulator;
	// Who the user is would take calls of parts of Zoho CRM that the emulator does not have.
	const client = new OAuthBuilder().clientId(CLIENT_ID).clientSecret(CLIENT_SECRET).findUser(false);
	await new InitializeBuilder()
		.environment(new Environment(origin, `${origin}/oauth/v2/token`, origin))
		.token((await grant(client, emulator)).build())
		.store(new FileStore(join(directory, 'tokens')))
		.resourcePath(directory)
		.initialize();
}

/** What the SDK has made of an answer. */
interface Read {
	status: number;
	/** The class that it took for it. */
	as?: string;
	body?: unknown;
}

/** @param response of one of the SDK's operations */
export function read(response: { getStatusCode(): number; getObject(): unknown }): Read {
	const found = response.getObject();
	const status = response.getStatusCode();
	if (typeof found !== 'object' || found === null) return { status };
	return { status, as: found.constructor.name, body: plain(found) };
}

/**
 * The SDK's objects as plain ones, by its own names; ids as texts, times in UTC, zones by name. CRM
 * users are records to it, which have the names of the API.
 */
function plain(value: unknown): unknown {
	if (typeof value === 'bigint') return String(value);
	if (value instanceof Date) return value.toISOString();
	if (value instanceof Choice) return value.getValue();
	if (Array.isArray(value)) return value.map(plain);
	if (value instanceof Map) return plain(Object.fromEntries(value));
	if (typeof value !== 'object' || value === null) return value;
	if ('abbrs' in value && 'name' in value) return value.name;
	if ('keyValues' in value) return plain(value.keyValues);
	const entries = Object.entries(value).filter(([key]) => key !== 'keyModified');
	return Object.fromEntries(entries.map(([key, one]) => [key, plain(one)]));
}

/** Parameters of a call: each of the SDK's own with its value. */
export async function parameters<T>(...given: Array<[Param<T>, T]>): Promise<ParameterMap> {
	const map = new ParameterMap();
	for (const [parameter, value] of given) await map.add(parameter, value);
	return map;
}
