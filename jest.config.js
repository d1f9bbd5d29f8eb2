/** @type {import('jest').Config} */
module.exports = {
	// For a machine that has other work to do, too.
	testTimeout: 30_000,
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// The tests in the full n8n: npm run test:n8n, and in a browser: npm run test:browser
	testPathIgnorePatterns: ['<rootDir>/test/n8n/', '<rootDir>/test/browser/'],
	modulePathIgnorePatterns: ['<rootDir>/harness/n8n/versions'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
};
