/** TypeScript's resolution for CommonJS does not find the types of Stryker. */
declare module '@stryker-mutator/core' {
	export class Stryker {
		constructor(options: object);
		runMutationTest(): Promise<Array<{ status: string }>>;
	}
}
