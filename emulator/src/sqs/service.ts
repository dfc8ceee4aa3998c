import type { ServiceDefinition } from '../service.ts';
import type { SqsState } from './state.ts';

export default {
  name: 'sqs',
  createState: () => ({ queues: new Map() }),
} satisfies ServiceDefinition<SqsState>;
