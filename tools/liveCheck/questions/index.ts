import type { Question } from '../question';
import { crmUsers } from './crmUsers';
import { deleteLength } from './deleteLength';
import { deleteMixed } from './deleteMixed';
import { forms } from './forms';
import { idFilter } from './idFilter';
import { invitation } from './invitation';
import { invitationJob } from './invitationJob';
import { pages } from './pages';
import { pageSize } from './pageSize';
import { portalsMeta } from './portalsMeta';
import { readLength } from './readLength';
import { settingsAll } from './settingsAll';
import { statusJob } from './statusJob';
import { transferLength } from './transferLength';
import { transferMixed } from './transferMixed';
import { typeOptional } from './typeOptional';
import { unknownJob } from './unknownJob';
import { unknownPortal } from './unknownPortal';
import { unknownUserType } from './unknownUserType';

/** In the order in which they are asked: reads first, then what the writes build upon one another. */
export const questions: Question[] = [
	forms,
	typeOptional,
	pages,
	pageSize,
	idFilter,
	readLength,
	unknownPortal,
	unknownUserType,
	unknownJob,
	crmUsers,
	portalsMeta,
	settingsAll,
	invitation,
	invitationJob,
	statusJob,
	transferMixed,
	transferLength,
	deleteMixed,
	deleteLength,
];

/** Those that are asked only by name, with a consent of their own. */
export const apartQuestions = questions.filter(({ apart }) => apart === true);
