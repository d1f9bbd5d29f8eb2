/** @type {import('jest').Config} */
module.exports = {
	...require('../n8n/jest.config.js'),
	roots: ['<rootDir>/test/browser'],
	globalSetup: '<rootDir>/test/browser/globalSetup.ts',
	testTimeout: 300_000,
};
