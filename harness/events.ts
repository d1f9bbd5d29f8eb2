/** All events of the trigger. */
export const ALL_EVENTS = [
	'userAdded',
	'userTypeChanged',
	'emailChanged',
	'userConfirmed',
	'userActivated',
	'userDeactivated',
	'unconfirmed',
	'userRemoved',
	'userTypeCreated',
	'userTypeUpdated',
	'userTypeDeleted',
];
