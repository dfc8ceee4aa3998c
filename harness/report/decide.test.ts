import { expect, test } from 'vitest';
import type { Cell } from '#core';
import { countRequests, dollarsOf } from './cost.ts';
import { decidingOf } from './decide.ts';
import { smallReport } from './small-report.ts';

/** As a run of PUB-001 in `exact` was seen to make: 100 messages to three subscriptions. */
const exactRun = {
  'sns.CreateTopic': 5,
  'dynamodb.DescribeTable': 5,
  'sqs.CreateQueue': 3,
  'sns.Subscribe': 3,
  'dynamodb.PutItem': 3,
  'sqs.ReceiveMessage': 90,
  'sns.Publish': 100,
  'sqs.DeleteMessageBatch': 87,
  'dynamodb.GetItem': 3,
};

test('what is charged is counted, set-up is not', () => {
  expect(countRequests({ requests: exactRun })).toBe(90 + 100 + 87 + 3 + 3);
});

test('dollars as by hand', () => {
  // 177 FIFO requests at $0.50, 100 FIFO publishes at $0.30, 300 deliveries at $0.01, 3 writes at $0.625, 3 reads at $0.125
  const byHand = (177 * 0.5 + 100 * 0.3 + 300 * 0.01 + 3 * 0.625 + 3 * 0.125) / 1e6;
  expect(dollarsOf({ requests: exactRun, transport: 'fifo', deliveries: 300 })).toBeCloseTo(byHand, 12);
  // 80 sends, 24 receives and 80 deletes at $0.40; an invocation is $0.20 and 0.125 GB × 0.05 s at $16.6667
  const standard = { 'sqs.SendMessage': 80, 'sqs.ReceiveMessage': 24, 'sqs.DeleteMessage': 80 };
  const lambda = (184 * 0.4 + 10 * (0.2 + 0.125 * 0.05 * 16.6667)) / 1e6;
  const requests = { ...standard, 'lambda.Invoke': 10 };
  expect(dollarsOf({ requests, transport: 'standard', deliveries: 80 })).toBeCloseTo(lambda, 12);
});

function cell(own: Partial<Cell>): Cell {
  const [, broken] = smallReport().cells;
  if (broken === undefined) throw new Error('no cell');
  return { ...broken, ...own };
}

test('an act counts once though its rows share it, and one target only', () => {
  const comparison = {
    delivery: { published: 100, delivered: 300, lost: 0, duplicated: 0, unexpected: 0 },
    operations: { ok: 110, failed: 0, indefinite: 0 },
  };
  const shared = { profile: 'exact', requests: exactRun, comparison };
  const cells = [
    cell({ ...shared, row: 'QG-001' }),
    cell({ ...shared, row: 'QG-003' }),
    cell({ ...shared, target: 'x' }),
    cell({ ...shared, row: 'QG-012', scenario: 'queue-group/limit', atScale: true }),
  ];
  const [pattern] = decidingOf(cells).patterns;
  expect(pattern).toMatchObject({
    pattern: 'queue-group',
    complexity: 'high',
    per: 'message',
    systems: [{ system: 'nats' }, { system: 'exact', requestsPerMessage: 2.83, copiesPerMessage: 3 }],
  });
  // By hand, of 100 messages: 177 FIFO requests, 100 FIFO publishes, 300 deliveries, 3 writes and 3 reads.
  const dollars = 177 * 0.5 + 100 * 0.3 + 300 * 0.01 + 3 * 0.625 + 3 * 0.125;
  expect(pattern?.systems[1]?.dollarsPerMillion).toBeCloseTo(dollars / 100, 9);
});

test('a pattern of calls is counted by calls, also where an act publishes', () => {
  const comparison = {
    delivery: { published: 2, delivered: 0, lost: 0, duplicated: 0, unexpected: 0 },
    operations: { ok: 7, failed: 1, indefinite: 0 },
  };
  const [pattern] = decidingOf([cell({ row: 'KV-001', requests: { 'dynamodb.GetItem': 4 }, comparison })]).patterns;
  const figures = pattern?.systems[1];
  expect(pattern?.per).toBe('call');
  expect(figures).toMatchObject({ requestsPerMessage: 0.5 });
  expect(figures?.copiesPerMessage).toBeUndefined();
});

test('gains are what was stronger than on NATS', () => {
  const stronger = cell({ outcome: 'allowed', direction: 'stronger', reason: 'oversize: delivered' });
  const [pattern] = decidingOf([stronger, { ...stronger, target: 'localstack' }]).patterns;
  expect(pattern?.systems[1]?.gains).toEqual(['QG-001 oversize: delivered']);
});
