import type { ResourceText } from './resourceText';

export const portalText: ResourceText = {
	about: `A client portal is the website on which your customers, partners or vendors see and change their
data of Zoho CRM. Zoho allows one portal per organization and addresses it by its name, so the other
operations may leave **Portal** empty: they take the only one.`,
	operations: {
		checkConnection: `Run it first, and whenever something is refused that worked before. It says which data center and
environment answer, who is connected, which portals there are, which [scopes](scopes.md) the
credential lacks (\`missing_scopes\`) and which operations do not work without them (\`disabled\`).
What else is wrong stands in \`problems\`, each with what to do. It changes nothing.`,
		create: `The name becomes part of the address at which people log in. It has 6 to 30 letters and digits, and
nobody else at Zoho may have it already. Go on with [a user type](user-type.md#create).`,
		get: 'What Zoho knows of the portal, such as the address at which people log in (`login_url`).',
		getAll: 'Mostly one item, since Zoho allows one portal. None where there is no portal yet.',
		update: `It gives the portal a new name. People who have bookmarked the login address need the new one, and
workflows that name the portal need the new name. Those that leave **Portal** empty go on, and so
does [the trigger](trigger.md).`,
	},
};
