import { collection } from './collection';
import { flag, isEmpty, leftOpen, runWide, text, wholeNumber } from './field';
import type { Field } from './field';

const address = text({
	displayName: 'Proxy',
	name: 'proxy',
	placeholder: 'e.g. http://myproxy:3128',
	description: 'HTTP proxy to use',
});

/** Its errors do not contain the value, which may include a password. */
const proxy: Field<string> = {
	...address,
	check: (given, at) => {
		if (typeof given === 'string' || isEmpty(given)) return address.check(given, at);
		throw at.invalid('is not text', 'Enter it with protocol and port, like http://localhost:3128.');
	},
};

/** The network settings, with the texts of n8n's own "Request Options". */
const travel = {
	allowUnauthorizedCerts: flag({
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'allowUnauthorizedCerts',
		description: 'Whether to connect even if SSL certificate validation is not possible',
	}),
	proxy: leftOpen(proxy),
	timeout: wholeNumber({
		displayName: 'Timeout',
		name: 'timeout',
		default: 60000,
		typeOptions: { minValue: 1 },
		description: 'How many milliseconds to wait for Zoho to answer',
	}),
};

const shown = { displayName: 'Request Options', name: 'requestOptions' };

/** The request options of the trigger, because n8n adds none to triggers. */
export const requestOptions = collection({ ...shown, placeholder: 'Add Option' }, travel);

/** How many items are sent together, and how many milliseconds to wait before the next ones. */
const batching = collection(
	{ displayName: 'Batching', name: 'batch' },
	{
		// n8n's own words: "-1 to disable. 0 will be treated as 1."
		batchSize: wholeNumber({ displayName: 'Items per Batch', name: 'batchSize' }, -1),
		batchInterval: wholeNumber({ displayName: 'Batch Interval (ms)', name: 'batchInterval' }, 0),
	},
);

/** The request options that n8n adds to every declarative node, including batching. */
export const declarativeRequestOptions = runWide(
	collection(shown, {
		...travel,
		batching: collection({ displayName: 'Batching', name: 'batching' }, { batch: batching }),
	}),
);
