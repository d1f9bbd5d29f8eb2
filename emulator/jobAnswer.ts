import { errorAnswer, noContent, refuse } from './answers';
import type { Answer } from './answers';
import type { Switches } from './switches';
import { commonError } from './contract';
import { inferred } from './guards';

/** The answer to a read of a job, or the answer that `jobAnswer` puts in its place. */
export function jobAnswer({ jobAnswer: wanted }: Switches, answer: Answer): Answer {
	switch (wanted) {
		case 'ok':
			return answer;
		case 'unknown':
			return noContent;
		case 'scope':
			return errorAnswer(commonError('OAUTH_SCOPE_MISMATCH'));
		case 400:
			return inferred('INVALID_DATA', { param_name: 'job_id' }, 'invalid data').answer;
		case 403:
			return refuse('getPortals', 'NO_PERMISSION').answer;
		case 404:
			return errorAnswer(commonError('INVALID_URL_PATTERN'));
		case 500:
			return errorAnswer(commonError('INTERNAL_ERROR'));
		case 'html':
			return { status: 200, raw: '<html><h1>Maintenance</h1></html>' };
	}
}
