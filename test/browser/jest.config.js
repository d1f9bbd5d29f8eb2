/** @type {import('jest').Config} */
module.exports = {
	...require('../n8n/jest.config'),
	roots: ['<rootDir>/test/browser'],
};
