import { allOperations, commonErrors, enums } from '../../emulator/contract';

/** Words in the places where Zoho's sources speak: keys, codes, messages, paths; none of examples. */
const words = new Set<string>();

function learn(value: unknown): void {
	if (typeof value === 'string') {
		for (const [word] of value.matchAll(/\p{L}+/gu)) words.add(word.toLowerCase());
	} else if (Array.isArray(value)) {
		value.forEach(learn);
	} else if (typeof value === 'object' && value !== null) {
		for (const [key, inner] of Object.entries(value)) {
			learn(key);
			if (key === 'example') learnKeys(inner);
			else learn(inner);
		}
	}
}

for (const { success, ...operation } of allOperations) {
	learn(operation);
	for (const { body } of success) learnKeys(body);
}
learn(commonErrors);
learn(enums);

/** Examples have invented names in them, which somebody may have; of their values only results count. */
function learnKeys(value: unknown): void {
	if (Array.isArray(value)) return value.forEach(learnKeys);
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		learn(key);
		if (['code', 'message', 'status', 'Source__s', 'type__s'].includes(key)) learn(inner);
		else learnKeys(inner);
	}
}

/** Whether Zoho's sources know a word: then it says nothing about an organization. */
export function isKnownWord(word: string): boolean {
	return words.has(word.toLowerCase());
}
