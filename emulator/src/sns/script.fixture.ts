import { expect } from 'vitest';
import { arn } from '../script.fixture.ts';
import type { Answers, Step } from '../script.fixture.ts';

const TopicArn = arn('sns', 't');
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
const DataProtectionPolicy = JSON.stringify({ Name: 'n', Version: '2021-06-01', Statement: [] });
const SubscriptionArn = ({ Subscribe }: Answers) => Subscribe?.['SubscriptionArn'];

/** Every operation of SNS that is there but ConfirmSubscription, which takes an endpoint over HTTP. */
export const snsScript: readonly Step[] = [
  ['sqs.CreateQueue', { QueueName: 'q', Attributes: { Policy, VisibilityTimeout: '43200' } }],
  ['CreateTopic', { Name: 't' }, { TopicArn }],
  ['ListTopics', {}, { Topics: [{ TopicArn }] }],
  ['SetTopicAttributes', { TopicArn, AttributeName: 'DisplayName', AttributeValue: 'shown' }],
  ['GetTopicAttributes', { TopicArn }, { Attributes: { DisplayName: 'shown' } }],
  ['AddPermission', { TopicArn, Label: 'l', AWSAccountId: ['111111111111'], ActionName: ['Publish'] }],
  ['GetTopicAttributes', { TopicArn }, { Attributes: { Policy: expect.stringContaining('111111111111') } }],
  ['RemovePermission', { TopicArn, Label: 'l' }],
  ['GetTopicAttributes', { TopicArn }, { Attributes: { Policy: expect.not.stringContaining('111111111111') } }],
  ['Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: arn('sqs', 'q') }],
  [
    'SetSubscriptionAttributes',
    (answers) => ({
      SubscriptionArn: SubscriptionArn(answers),
      AttributeName: 'RawMessageDelivery',
      AttributeValue: 'true',
    }),
  ],
  [
    'GetSubscriptionAttributes',
    (answers) => ({ SubscriptionArn: SubscriptionArn(answers) }),
    { Attributes: { RawMessageDelivery: 'true' } },
  ],
  ['ListSubscriptions', {}, { Subscriptions: [{ TopicArn }] }],
  ['ListSubscriptionsByTopic', { TopicArn }, { Subscriptions: [{ TopicArn }] }],
  ['Publish', { TopicArn, Message: 'one' }],
  ['sqs.ReceiveMessage', { QueueUrl }, { Messages: [{ Body: 'one' }] }],
  [
    'PublishBatch',
    { TopicArn, PublishBatchRequestEntries: [{ Id: 'a', Message: 'two' }] },
    { Successful: [{ Id: 'a' }] },
  ],
  ['sqs.ReceiveMessage', { QueueUrl }, { Messages: [{ Body: 'two' }] }],
  [
    'TagResource',
    {
      ResourceArn: TopicArn,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    },
  ],
  ['UntagResource', { ResourceArn: TopicArn, TagKeys: ['b'] }],
  ['ListTagsForResource', { ResourceArn: TopicArn }, { Tags: [{ Key: 'a', Value: '1' }] }],
  ['PutDataProtectionPolicy', { ResourceArn: TopicArn, DataProtectionPolicy }],
  ['GetDataProtectionPolicy', { ResourceArn: TopicArn }, { DataProtectionPolicy }],
  ['Unsubscribe', (answers) => ({ SubscriptionArn: SubscriptionArn(answers) })],
  ['ListSubscriptionsByTopic', { TopicArn }, { Subscriptions: [] }],
  ['DeleteTopic', { TopicArn }],
  ['ListTopics', {}, { Topics: [] }],
];
