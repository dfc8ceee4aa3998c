import { expect } from 'vitest';
import { arn } from '../script.fixture.ts';
import type { Step } from '../script.fixture.ts';

const bus = arn('events', 'event-bus/b');
const rule = arn('events', 'rule/b/r');
const target = arn('sqs', 'q');
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/q';
const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
const onBus = { EventBusName: 'b' };
const epoch = { EventStartTime: new Date('2020-01-01T00:00:00Z'), EventEndTime: new Date('2030-01-01T00:00:00Z') };

/** Every operation of EventBridge that is there. */
export const eventsScript: readonly Step[] = [
  ['sqs.CreateQueue', { QueueName: 'q', Attributes: { Policy, VisibilityTimeout: '43200' } }],
  ['CreateEventBus', { Name: 'b' }, { EventBusArn: bus }],
  ['UpdateEventBus', { Name: 'b', Description: 'changed' }],
  ['DescribeEventBus', { Name: 'b' }, { Description: 'changed' }],
  ['ListEventBuses', { NamePrefix: 'b' }, { EventBuses: [{ Name: 'b' }] }],
  ['PutPermission', { ...onBus, Action: 'events:PutEvents', Principal: '111111111111', StatementId: 's' }],
  ['DescribeEventBus', { Name: 'b' }, { Policy: expect.stringContaining('111111111111') }],
  ['RemovePermission', { ...onBus, StatementId: 's' }],
  ['DescribeEventBus', { Name: 'b' }, { Policy: undefined }],
  ['PutRule', { ...onBus, Name: 'r', EventPattern: '{"source":["s"]}' }, { RuleArn: rule }],
  ['DescribeRule', { ...onBus, Name: 'r' }, { State: 'ENABLED' }],
  ['ListRules', onBus, { Rules: [{ Name: 'r' }] }],
  ['TestEventPattern', { EventPattern: '{"source":["s"]}', Event: JSON.stringify(event()) }, { Result: true }],
  ['PutTargets', { ...onBus, Rule: 'r', Targets: [{ Id: 't', Arn: target }] }, { FailedEntryCount: 0 }],
  ['ListTargetsByRule', { ...onBus, Rule: 'r' }, { Targets: [{ Id: 't', Arn: target }] }],
  ['ListRuleNamesByTarget', { ...onBus, TargetArn: target }, { RuleNames: ['r'] }],
  ['CreateArchive', { ArchiveName: 'a', EventSourceArn: bus }, { State: 'ENABLED' }],
  ['UpdateArchive', { ArchiveName: 'a', Description: 'changed' }],
  ['PutEvents', { Entries: [{ ...onBus, Source: 's', DetailType: 'd', Detail: '{}' }] }, { FailedEntryCount: 0 }],
  ['sqs.ReceiveMessage', { QueueUrl }, { Messages: [{ Body: expect.stringContaining('"source":"s"') }] }],
  ['DescribeArchive', { ArchiveName: 'a' }, { EventCount: 1, Description: 'changed' }],
  ['ListArchives', {}, { Archives: [{ ArchiveName: 'a' }] }],
  ['StartReplay', { ReplayName: 'p', EventSourceArn: arn('events', 'archive/a'), ...epoch, Destination: { Arn: bus } }],
  ['sqs.ReceiveMessage', { QueueUrl }, { Messages: [{ Body: expect.stringContaining('"replay-name":"p"') }] }],
  ['DescribeReplay', { ReplayName: 'p' }, { State: 'COMPLETED' }],
  ['ListReplays', {}, { Replays: [{ ReplayName: 'p' }] }],
  [
    '!StartReplay',
    { ReplayName: 'c', EventSourceArn: arn('events', 'archive/a'), ...epoch, Destination: { Arn: bus } },
  ],
  ['CancelReplay', { ReplayName: 'c' }, { State: 'CANCELLING' }],
  ['DeleteArchive', { ArchiveName: 'a' }],
  ['DisableRule', { ...onBus, Name: 'r' }],
  ['PutEvents', { Entries: [{ ...onBus, Source: 's', DetailType: 'd', Detail: '{}' }] }],
  ['sqs.ReceiveMessage', { QueueUrl }, { Messages: undefined }],
  ['EnableRule', { ...onBus, Name: 'r' }],
  ['DescribeRule', { ...onBus, Name: 'r' }, { State: 'ENABLED' }],
  [
    'TagResource',
    {
      ResourceARN: rule,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    },
  ],
  ['UntagResource', { ResourceARN: rule, TagKeys: ['b'] }],
  ['ListTagsForResource', { ResourceARN: rule }, { Tags: [{ Key: 'a', Value: '1' }] }],
  ['RemoveTargets', { ...onBus, Rule: 'r', Ids: ['t'] }, { FailedEntryCount: 0 }],
  ['DeleteRule', { ...onBus, Name: 'r' }],
  ['ListRules', onBus, { Rules: [] }],
  ['DeleteEventBus', { Name: 'b' }],
  ['ListEventBuses', { NamePrefix: 'b' }, { EventBuses: [] }],
];

function event(): object {
  return {
    id: '1',
    account: '000000000000',
    source: 's',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    'detail-type': 'd',
    detail: {},
  };
}
