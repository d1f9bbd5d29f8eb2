/** The types that Stryker comes with cannot be found by TypeScript's resolution for CommonJS. */
declare module '@stryker-mutator/core' {
	export class Stryker {
		constructor(options: object);
		runMutationTest(): Promise<Array<{ status: string }>>;
	}
}
