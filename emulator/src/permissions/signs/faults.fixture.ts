import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { client } from '../../index.ts';
import type { faultPermissions } from '../faults.ts';
import { isRefused } from './sign.fixture.ts';
import type { Sign } from './sign.fixture.ts';

/** On one call; `faults.test.ts` holds every operation of every service to them. */
export const faultSigns: Readonly<Record<keyof typeof faultPermissions, Sign>> = {
  'FAULT-throttling': ({ world }) =>
    isRefused(client(world, SQSClient, { maxAttempts: 1 }).send(new ListQueuesCommand({})), 'RequestThrottled'),
  'FAULT-internal': ({ world }) =>
    isRefused(client(world, SQSClient, { maxAttempts: 1 }).send(new ListQueuesCommand({})), 'InternalError'),
  'FAULT-lost-answer': async ({ world }) => {
    const sqs = client(world, SQSClient, { maxAttempts: 1 });
    const answer = await sqs.send(new CreateQueueCommand({ QueueName: 'q' })).catch((error: unknown) => error);
    if (!(answer instanceof Error)) return false;
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    return answer.message === 'socket hang up' && QueueUrls.length === 1;
  },
};
