import type { NotChosen, Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const reference = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';

/** What the SQS pages permit. */
export const sqsPermissions = {
  'ADV-SQS-01': {
    page: `${guide}/standard-queues-at-least-once-delivery.html`,
    sentence:
      'On rare occasions, one of the servers that stores a copy of a message might be unavailable when you receive or delete a message.',
    reading: 'page-2023',
    rate: 0.05,
  },
  'ADV-SQS-02': {
    page: `${reference}/API_DeleteMessage.html`,
    sentence: 'For standard queues, it is possible to receive a message even after you delete it.',
    reading: 'api-model',
    rate: 0.02,
  },
  'ADV-SQS-03': {
    page: `${guide}/standard-queues.html`,
    sentence:
      'Standard queues ensure at-least-once message delivery, but due to the highly distributed architecture, more than one copy of a message might be delivered, and messages may occasionally arrive out of order.',
    reading: 'page',
    rate: 0.3,
  },
  'ADV-SQS-04': {
    page: `${reference}/API_ReceiveMessage.html`,
    sentence:
      'If the number of messages in the queue is extremely small, you might not receive any messages in a particular ReceiveMessage response.',
    reading: 'api-model',
    rate: 0.1,
  },
  'ADV-SQS-05': {
    page: `${reference}/API_DeleteMessage.html`,
    sentence: 'If you use an old ReceiptHandle, the request will succeed, but the message might not be deleted.',
    reading: 'api-model',
    rate: 0.5,
  },
  'ADV-SQS-06': {
    page: `${reference}/API_GetQueueAttributes.html`,
    sentence: 'This period is required for the queue metadata to reach eventual consistency.',
    reading: 'api-model',
    rate: 0.2,
  },
  'ADV-SQS-07': {
    page: `${reference}/API_ChangeMessageVisibility.html`,
    sentence:
      'For most standard queues (depending on queue traffic and message backlog), there can be a maximum of approximately 120,000 in flight messages (received from a queue by a consumer, but not yet deleted from the queue).',
    reading: 'api-model',
    rate: 0.5,
  },
  'ADV-SQS-10': {
    page: `${reference}/API_PurgeQueue.html`,
    sentence:
      'Messages sent to the queue before you call PurgeQueue might be received but are deleted within the next minute. Messages sent to the queue after you call PurgeQueue might be deleted while the queue is being purged.',
    reading: 'api-model',
    rate: 0.5,
  },
  'ADV-SQS-11': {
    page: `${reference}/API_SendMessageBatch.html`,
    sentence:
      'Because the batch request can result in a combination of successful and unsuccessful actions, you should check for batch errors even when the call returns an HTTP status code of 200.',
    reading: 'api-model',
    rate: 0.02,
  },
  'ADV-SQS-12': {
    page: `${reference}/API_SetQueueAttributes.html`,
    sentence:
      "When you change a queue's attributes, the change can take up to 60 seconds for most of the attributes to propagate throughout the Amazon SQS system.",
    reading: 'api-model',
    rate: 0.3,
  },
  'ADV-FIFO-03': {
    page: `${guide}/FIFO-queues-understanding-logic.html`,
    sentence: 'However, messages with different message group ID values might be sent and received out of order.',
    reading: 'page-2023',
    rate: 0.3,
  },
  'ADV-FIFO-04': {
    page: `${guide}/quotas-fifo.html`,
    sentence: 'Without high throughput a FIFO queue takes up to 300 calls a second for each kind of call',
    reading: 'not-reread',
    rate: 0.01,
  },
} as const satisfies Record<string, Permission>;

/** Entries of the catalogue about SQS that are no choice. */
export const sqsNotChosen = {
  'ADV-SQS-08': {
    kind: 'always',
    why: 'a message that was received goes behind those that wait; where else it might go ADV-SQS-03 leaves free',
  },
  'ADV-SQS-09': { kind: 'always', why: 'a move to the dead-letter queue keeps the time of enqueueing' },
  'ADV-SQS-13': { kind: 'always', why: 'a lease ends twelve hours after its receive, however often it is extended' },
  'ADV-SQS-14': {
    kind: 'not-modelled',
    why: 'fair queues change only an order that ADV-SQS-03 leaves free already',
  },
  'ADV-FIFO-01': {
    kind: 'always',
    why: 'a group is blocked by what is in flight, and free again after the visibility timeout',
  },
  'ADV-FIFO-02': { kind: 'always', why: 'a de-duplication id counts for five minutes' },
  'ADV-FIFO-05': {
    kind: 'always',
    why: 'a move to a FIFO dead-letter queue takes the message out of its group and counts its retention anew',
  },
} as const satisfies Record<string, NotChosen>;
