import type { Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const reference = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference';

/** What the SQS pages permit. */
export const sqsPermissions = {
  'ADV-SQS-01': {
    page: `${guide}/standard-queues-at-least-once-delivery.html`,
    sentence:
      'On rare occasions one of the servers that store copies of a message is away, and the message is received again',
    rate: 0.05,
  },
  'ADV-SQS-02': {
    page: `${reference}/API_DeleteMessage.html`,
    sentence: 'A standard queue may give out a message again after it was deleted',
    rate: 0.02,
  },
  'ADV-SQS-03': {
    page: `${guide}/standard-queues.html`,
    sentence: 'A standard queue makes an effort to keep the order, and may deliver messages out of order',
    rate: 0.3,
  },
  'ADV-SQS-04': {
    page: `${guide}/sqs-short-and-long-polling.html`,
    sentence: 'A short poll asks a sample of the servers and may return some of the messages, or none',
    rate: 0.1,
  },
  'ADV-SQS-05': {
    page: `${reference}/API_DeleteMessage.html`,
    sentence: 'With a receipt handle that is not the latest, the request succeeds and the message may not be deleted',
    rate: 0.5,
  },
  'ADV-SQS-06': {
    page: `${reference}/API_GetQueueAttributes.html`,
    sentence: 'The counters are approximate and reach consistency a minute after the senders have stopped',
    rate: 0.2,
  },
  'ADV-SQS-07': {
    page: `${guide}/quotas-queues.html`,
    sentence: 'Near 120,000 messages in flight a short poll is refused and a long poll returns nothing',
    rate: 0.5,
  },
  'ADV-SQS-10': {
    page: `${reference}/API_PurgeQueue.html`,
    sentence: 'Purging takes up to 60 seconds; messages may still be received, and ones sent meanwhile may be deleted',
    rate: 0.5,
  },
  'ADV-SQS-11': {
    page: `${reference}/API_SendMessageBatch.html`,
    sentence:
      'The result of each entry is reported on its own; some may have failed though the call is answered with 200',
    rate: 0.02,
  },
  'ADV-SQS-12': {
    page: `${reference}/API_SetQueueAttributes.html`,
    sentence: 'A change can take up to 60 seconds to arrive, one of MessageRetentionPeriod up to 15 minutes',
    rate: 0.3,
  },
  'ADV-FIFO-03': {
    page: `${guide}/FIFO-queues-understanding-logic.html`,
    sentence: 'Order is kept within a message group; between groups there is none',
    rate: 0.3,
  },
  'ADV-FIFO-04': {
    page: `${guide}/quotas-fifo.html`,
    sentence: 'Without high throughput a FIFO queue takes up to 300 calls a second for each kind of call',
    rate: 0.01,
  },
} as const satisfies Record<string, Permission>;

/** Entries of the catalogue that are no choice here, and why. */
export const sqsNotChosen = {
  'ADV-SQS-08': 'received messages go to the back of a standard queue always; ADV-SQS-03 leaves the order free anyway',
  'ADV-SQS-09': 'a move to the dead-letter queue always keeps the time of enqueueing, as AWS states it',
  'ADV-SQS-13': 'the cap of 12 hours always holds, as AWS states it',
  'ADV-SQS-14': 'fair queues only change an order that ADV-SQS-03 leaves free already',
  'ADV-FIFO-01': 'a group is always blocked by what is in flight, and always free again after the visibility timeout',
  'ADV-FIFO-02': 'de-duplication always lasts five minutes',
  'ADV-FIFO-05': 'a FIFO dead-letter queue always counts retention anew, and a moved message always leaves its group',
} as const satisfies Record<string, string>;
