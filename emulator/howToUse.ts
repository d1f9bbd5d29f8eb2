import { CLIENT_ID, CLIENT_SECRET } from './oauth';
import { PLAY } from './play/play';

/** Instructions for using an emulator at an origin, to be printed. */
export function howToUse(origin: string): string {
	return `Its people and the calls that come in, to see and to change by a click
  ${origin}${PLAY}

Credential in n8n
  Data Center    Custom
  Accounts URL   ${origin}
  API URL        ${origin}
  Client ID      ${CLIENT_ID}
  Client Secret  ${CLIENT_SECRET}`;
}
