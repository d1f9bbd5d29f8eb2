/* eslint-disable no-console, @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { howToUse } from './howToUse';
import { populate } from './lifelike';
import { PORTAL } from './seed';
import { Emulator } from './server';

const USAGE = `Usage: npm run emulator [-- --port 4000]

Starts a Zoho CRM organization with a portal, on this machine. It forgets everything when it stops.`;

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) {
		console.log(USAGE);
		return;
	}
	const port = args.includes('--port') ? Number(args[args.indexOf('--port') + 1]) : 4000;
	const emulator = await Emulator.start({ port });
	const { world, origin, accounts } = emulator;
	populate(world);
	const token = accounts.connect(
		'ZohoCRM.settings.clientportal.ALL,ZohoCRM.users.ALL',
	).access_token;
	console.log(`Zoho emulator at ${origin}: portal ${PORTAL} with ${world.portalUsers.size} users

${howToUse(origin)}

From a shell
  curl -H 'Authorization: Bearer ${token}' '${origin}/crm/v8/settings/portals'

Ctrl-C stops it.`);
	process.once('SIGINT', () => void emulator.stop());
}

void main(process.argv.slice(2)).catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? 'The port is in use. Choose another one: npm run emulator -- --port 4001'
			: error,
	);
	process.exitCode = 1;
});
