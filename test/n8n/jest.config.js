/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/n8n'],
	testMatch: ['**/*.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
	modulePathIgnorePatterns: ['<rootDir>/harness/n8n/versions'],
	// A whole n8n for every file.
	maxWorkers: 1,
	testTimeout: 120_000,
};
