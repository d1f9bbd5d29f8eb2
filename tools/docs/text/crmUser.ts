import type { ResourceText } from './resourceText';

export const crmUserText: ResourceText = {
	about: `CRM users are the people who work in your Zoho CRM organization: your staff, not the people of the
portal. Wherever one is asked for, you can pick them from the list or name them by ID or by email
address. Every write has the option **Dry Run**, which checks what can be known before and writes
nothing; where the credential lacks a scope to look up roles or profiles, the output names it under
\`missing_scopes\`.`,
	operations: {
		checkTransfer: `It says what somebody would have to take over before a user is deleted: places in assignment rules
(\`assignment\`), rules and views that name the user (\`criteria\`), and people who report to them
(\`subordinates\`). **Transfer and Delete** asks the same by itself.`,
		count: 'Without a filter all users are counted.',
		create: `Zoho mails an invitation to the new user, who is unconfirmed until they accept it. Each user takes a
license of your organization.`,
		delete: `The records stay with the deleted user, and nobody takes over what the user was responsible for.
For that, use **Transfer and Delete**. The primary contact and the connected user cannot be deleted.`,
		get: 'The user as they are at that moment, with role, profile and manager.',
		getAll:
			'**Type** under **Filters** narrows it to active, deactivated or unconfirmed users and others.',
		getTransferJob: `Only needed where **Transfer and Delete** or **Transfer Data** was told not to wait, or where the
time was over. \`status\` is \`completed\` when Zoho is done.`,
		transferAndDelete: `For somebody who leaves. Zoho does it in the background and the node follows until it is done. Where
something would be left behind, such as people who report to the user and have no new manager,
nothing is done and the error says what. Only the super admin of the organization may do this.`,
		transferData: `As **Transfer and Delete**, but the user stays: for a long absence, or a change of team.`,
		update: `Only the fields that you add change. Who has the status already, where nothing else was
asked, counts as done (\`unchanged: true\`). Users of several items are updated ten to a call, also where
each has fields of their own; of several items about one user, the last one has the last word.`,
	},
};
