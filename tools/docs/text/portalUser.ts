import type { ResourceText } from './resourceText';

export const portalUserText: ResourceText = {
	about: `A portal user is a person who can log in to the portal, or was invited to. Behind each stands a
record of Zoho CRM, mostly a contact; its ID is the _personality ID_. Wherever **Users** are asked
for, you can pick one from the list, or give one or several by ID or by email address.

- People are looked for in the user type, or without one in all user types of the portal, once per
  run. Who is not found, or is found more than once, is an error of that person alone; with "On
  Error" set to stop, nothing has been written then.
- Items that ask the same are sent together, in as few calls as Zoho allows, and every person has an
  outcome of their own: [what an outcome means](reliability.md).
- **Dry Run** says what would be done and writes nothing. **Max Users** stops a run that concerns
  more people than you expect, before anything is written. **Include Previous State** keeps what a
  workflow needs to undo it.`,
	operations: {
		changeStatus: `Who is as asked already counts as done (\`unchanged: true\`). Who has not accepted the invitation yet
cannot be deactivated, only deleted. From 50 people on, Zoho is asked to change 100 at a time; since
it tells nobody what becomes of them, they are read before and after, and who is not as asked in the
end gets a call of their own.`,
		delete: `People lose their access and the record in Zoho CRM stays, so they can be invited again. To lock
somebody out for a time, use **Change Status**.`,
		get: 'One item for each person. To find people by what they have in common, use **Get Many**.',
		getInvitationJob: `Only needed where **Invite** was told not to wait. \`status\` is \`completed\` when Zoho is done, and
\`data\` has a row for each record, in Zoho's own words.`,
		getAll: `Without a user type it returns the people of all of them, and says of each which one it is.
_Not Accepted For (Days)_ finds invitations that nobody answered, _Invited Before_ whoever was invited
before a time. Somebody whose time of invitation Zoho does not tell is found by neither.`,
		invite: `Zoho mails an invitation to the email address of the record, and the person becomes a portal user at
once, confirmed when they accept it. Records by email address are searched for in the module of the
user type, which takes [two more scopes](scopes.md#invitations-by-email-address); several records
with one address are an error that lists them. Nobody is mailed twice by a retry: where it is not
certain that an invitation went out, the item says so (\`uncertain: true\`) and nothing is sent again.`,
		sync: `The input items are the list of who should have access, and as what: all items of a run together.
Who is missing is invited, who has another user type is transferred, who is inactive is activated.
**Everyone Else** stays as they are unless you choose otherwise. There is an item for each change,
none for who is right already.

Try it with **Dry Run**. A run that would remove more people than **Max Removals** allows stops before
anything is written, and nobody is removed while somebody on the list is not found, or is not yet as
the list says (\`heldBack: true\`). Running it again changes nothing.`,
		transfer: `The target user type needs the same personality module and the same invitation field. Who is there
already counts as done (\`unchanged: true\`). People keep their login and see from then on what the
new user type sees.`,
	},
};
