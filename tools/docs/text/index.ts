import { crmUserText } from './crmUser';
import { portalText } from './portal';
import { portalUserText } from './portalUser';
import type { ResourceText } from './resourceText';
import { userTypeText } from './userType';

/** What people wrote about the resources, by the resource's value. */
export const texts: Record<string, ResourceText> = {
	portal: portalText,
	portalUser: portalUserText,
	user: crmUserText,
	userType: userTypeText,
};
