import { stopShared } from '../../harness/n8n/shared';

export default stopShared;
