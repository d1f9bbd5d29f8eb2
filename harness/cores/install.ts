/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- runs on Node and does not ship */
import path from 'node:path';

import { asScript, install } from '../npmInstallation';
import type { Recipe } from '../npmInstallation';

/**
 * The n8n-core versions that the tests also run on, in addition to the development dependency: the
 * oldest supported one, and one between it and 2.34, the first version in which n8n's errors keep
 * their cause.
 */
export const recipes: Recipe[] = ['1.123', '2.20'].map((series) => ({
	source: path.join(__dirname, 'versions', series),
	dependency: 'n8n-core',
	size: 0.3,
	time: 'about half a minute',
}));

if (require.main === module) {
	void asScript(async (signal) => {
		for (const recipe of recipes) await install(recipe, signal);
	});
}
