/** What an organization told about a question. Without an answer the question stays open. */
export interface Finding {
	/** In a few words, without personal data. */
	answer?: string;
	/** The switches of the emulator that play such an organization: "mixedIds: rows". */
	emulator?: string;
	/** What was seen, without personal data. */
	observation: string;
	/** What it takes to settle a question that stays open. */
	needed?: string;
	/** Who is not as before, with ids, which a report does not show; undefined: everybody is. */
	notUndone?: string;
}

export function settled(answer: string, observation: string, emulator?: string): Finding {
	return { answer, observation, ...(emulator !== undefined && { emulator }) };
}

export function open(observation: string, needed: string): Finding {
	return { observation, needed };
}
