import { expect } from 'vitest';
import { arn } from '../script.fixture.ts';
import type { Answers, Step } from '../script.fixture.ts';

const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const dead = 'https://sqs.us-east-1.amazonaws.com/000000000000/dead';
const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('sqs', 'dead'), maxReceiveCount: 1 });

function handle({ ReceiveMessage }: Answers): string {
  const messages = ReceiveMessage?.['Messages'];
  const [first] = Array.isArray(messages) ? messages : [];
  return first?.ReceiptHandle;
}

/** Every operation of SQS. */
export const sqsScript: readonly Step[] = [
  ['CreateQueue', { QueueName: 'dead' }],
  [
    'CreateQueue',
    { QueueName: 'q', Attributes: { VisibilityTimeout: '43200' } },
    { QueueUrl: expect.stringContaining('/q') },
  ],
  ['GetQueueUrl', { QueueName: 'q' }, { QueueUrl: expect.stringContaining('/q') }],
  ['ListQueues', {}, { QueueUrls: [expect.stringContaining('/dead'), expect.stringContaining('/q')] }],
  ['SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy } }],
  ['GetQueueAttributes', { QueueUrl, AttributeNames: ['RedrivePolicy'] }, { Attributes: { RedrivePolicy } }],
  ['ListDeadLetterSourceQueues', { QueueUrl: dead }, { queueUrls: [expect.stringContaining('/q')] }],
  ['TagQueue', { QueueUrl, Tags: { a: '1', b: '2' } }],
  ['UntagQueue', { QueueUrl, TagKeys: ['b'] }],
  ['ListQueueTags', { QueueUrl }, { Tags: { a: '1' } }],
  ['AddPermission', { QueueUrl, Label: 'l', AWSAccountIds: ['111111111111'], Actions: ['SendMessage'] }],
  [
    'GetQueueAttributes',
    { QueueUrl, AttributeNames: ['Policy'] },
    { Attributes: { Policy: expect.stringContaining('111111111111') } },
  ],
  ['RemovePermission', { QueueUrl, Label: 'l' }],
  ['GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] }, { Attributes: undefined }],
  ['SendMessage', { QueueUrl, MessageBody: 'one' }],
  ['ReceiveMessage', { QueueUrl }, { Messages: [{ Body: 'one' }] }],
  ['ChangeMessageVisibility', (answers) => ({ QueueUrl, ReceiptHandle: handle(answers), VisibilityTimeout: 600 })],
  [
    'ChangeMessageVisibilityBatch',
    (answers) => ({ QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: handle(answers), VisibilityTimeout: 900 }] }),
    { Successful: [{ Id: 'a' }] },
  ],
  ['DeleteMessage', (answers) => ({ QueueUrl, ReceiptHandle: handle(answers) })],
  ['SendMessageBatch', { QueueUrl, Entries: [{ Id: 'a', MessageBody: 'two' }] }, { Successful: [{ Id: 'a' }] }],
  ['ReceiveMessage', { QueueUrl }, { Messages: [{ Body: 'two' }] }],
  [
    'DeleteMessageBatch',
    (answers) => ({ QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: handle(answers) }] }),
    { Successful: [{ Id: 'a' }] },
  ],
  [
    'GetQueueAttributes',
    { QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] },
    { Attributes: { ApproximateNumberOfMessagesNotVisible: '0' } },
  ],
  ['SendMessage', { QueueUrl: dead, MessageBody: 'gone wrong' }],
  ['StartMessageMoveTask', { SourceArn: arn('sqs', 'dead'), DestinationArn: arn('sqs', 'q') }],
  ['ReceiveMessage', { QueueUrl }, { Messages: [{ Body: 'gone wrong' }] }],
  ['SendMessage', { QueueUrl: dead, MessageBody: 'again' }],
  ['SendMessage', { QueueUrl: dead, MessageBody: 'and again' }],
  [
    '!StartMessageMoveTask',
    { SourceArn: arn('sqs', 'dead'), DestinationArn: arn('sqs', 'q'), MaxNumberOfMessagesPerSecond: 1 },
  ],
  ['!ListMessageMoveTasks', { SourceArn: arn('sqs', 'dead') }, { Results: [{ SourceArn: arn('sqs', 'dead') }] }],
  ['CancelMessageMoveTask', ({ StartMessageMoveTask }) => ({ TaskHandle: StartMessageMoveTask?.['TaskHandle'] })],
  ['PurgeQueue', { QueueUrl }],
  ['ReceiveMessage', { QueueUrl }, { Messages: undefined }],
  ['DeleteQueue', { QueueUrl }],
  ['ListQueues', {}, { QueueUrls: [expect.stringContaining('/dead')] }],
];
