/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command line tool that does not ship */
import { obstaclesIn, refuse } from './check';

refuse(obstaclesIn(process.cwd()));
