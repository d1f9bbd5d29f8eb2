/** Where the records of a module are invited in a job, and where the job is read. */
export const INVITATIONS = '/{module}/actions/portal_invite';
