/** A question that is open in Zoho's sources, and that the check leaves alone. */
interface Unasked {
	question: string;
	/** What it would take, and why the check does not do it. */
	needed: string;
}

export const UNASKED: Unasked[] = [
	{
		question: 'How is a second portal refused?',
		needed: 'creating a portal, which nobody can delete',
	},
	{
		question: 'How is the deletion of the default user type refused?',
		needed: 'a deletion that removes the user type where Zoho does not refuse it',
	},
	{
		question: 'Does an update of a user type take more than one module, and keep other fields?',
		needed: 'a user type made for it; compare it before and after an update',
	},
	{
		question: 'Does the plain transfer of a CRM user keep the user?',
		needed: 'a CRM user made for it, which takes a license',
	},
	{
		question: 'How is the rate limit answered (429)?',
		needed: 'using up the credits of the organization; the check stops at the first 429',
	},
	{
		question: 'How are invitations and activations beyond the license refused?',
		needed: 'an organization whose portal user licenses are used up',
	},
];
