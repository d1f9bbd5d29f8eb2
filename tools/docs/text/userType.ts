import type { ResourceText } from './resourceText';

export const userTypeText: ResourceText = {
	about: `A user type says who its people are (the records of its _personality module_, such as Contacts) and
which modules, fields and layouts they see in the portal, and what they may do there. Zoho allows
five user types. Wherever one is asked for, you can pick it from the list or name it by ID or by the
name that people see.

Every write has the option **Dry Run**: it looks up and checks everything, writes nothing, and
returns \`planned: true\` with the \`action\`. What Zoho would refuse is the same error then, as far as
it can be known before.`,
	operations: {
		create: `The form starts with the personality module, and its lists follow the module you choose. What Zoho
demands is added by itself: the Notes module, the layout of a private module that has only one, and
the mandatory fields of a layout. \`added\` says what that was. With _Using JSON_ the modules are sent
as you wrote them.`,
		upsert: `For user types that are kept as files, or brought from one organization to another. The definition
is what **Get** returns with the output _Raw_, or one that you wrote. The user type of its name is
created, changed where it differs, or left alone (\`unchanged: true\`), and \`changed\` lists every
difference with its old and its new value. Modules, layouts, views, fields and filters are found by
ID, else by API name, else by label; all that has no match is told in one error before anything is
written. Zoho cannot take a module away from a user type, nor change the field that invitations go
to: such a difference is an error as well.`,
		delete: `Zoho deletes no user type that still has users, and never the default one. With a **Target User
Type**, which needs the same personality module and the same invitation field, the users move there.`,
		duplicate: `The copy sees and may do the same as the original. Its users stay where they are: \`left_out\` says
what the copy does not have.`,
		get: `The output _Raw_ has all that a user type consists of, in the form that **Create or Update** and
_Using JSON_ take.`,
		getAll: 'One item for each user type, with the number of its users.',
		update: `Only what you add to **Update Fields** and **Modules** changes; the rest stays as it is. It is
effective at once for everybody who has the user type.`,
	},
};
