/** @type {import('jest').Config} */
module.exports = {
	// Only for what hangs: a machine may have much other work to do. TIMES: see harness/random.ts
	testTimeout: 180_000 * Number(process.env.TIMES ?? 1),
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// The tests in the full n8n: npm run test:n8n, and in a browser: npm run test:browser
	testPathIgnorePatterns: ['<rootDir>/test/n8n/', '<rootDir>/test/browser/'],
	modulePathIgnorePatterns: ['<rootDir>/harness/n8n/versions'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'test/tsconfig.json' }] },
};
