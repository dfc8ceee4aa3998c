import type { Cell, Report } from '#core';
import { compare } from './comparison.ts';
import { shortestEvidence } from './evidence.ts';
import { sampleHistory } from './sample-history.ts';

/** Four cells: one as on NATS, one that broke unexpectedly, one skipped, one that could not tell. */
export function smallReport(): Report {
  return {
    schema: 1,
    startedAt: '2026-11-24T10:00:00.000Z',
    durationMs: 1_500,
    versions: { parallax: '0.1.0' },
    seed: 7,
    permissions: { 'ADV-SQS-01': { sentence: 'A message may be delivered twice.', page: 'https://docs.aws.test/sqs' } },
    latency: [],
    cells: [
      cell({ target: 'nats', profile: 'nats', outcome: 'same', verdictOnBaseline: 'passed' }),
      broken(),
      cell({ target: 'embedded', profile: 'mended', outcome: 'unsupported', reason: 'no such call' }),
      cell({
        target: 'embedded',
        profile: 'exact',
        outcome: 'unknown',
        reason: 'nothing compared',
        adverse: { schedules: 20, distinctHistories: 19, points: { 'ADV-SQS-01': 7, 'FAULT-throttling': 12 } },
        explored: {
          seed: 1,
          schedules: 5_000,
          distinctHistories: 1,
          points: { 'ADV-SQS-01': 1_750 },
          capsules: ['capsules/QG-001-exact-exclusive-delivery-duplicated.json'],
        },
      }),
    ],
  };
}

function cell(own: Pick<Cell, 'target' | 'profile' | 'outcome'> & Partial<Cell>): Cell {
  return {
    id: `QG-001@${own.target}/${own.profile}`,
    row: 'QG-001',
    level: 'MUST',
    scenario: 'queue-group/exclusive-delivery',
    title: 'one member per message',
    source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
    requires: ['queue-group'],
    definedAt: { file: 'suites/queue-group/exclusive-delivery.ts', line: 4 },
    verdictOnBaseline: 'passed',
    checks: {},
    runs: [],
    repeat: `npx parallax conformance QG-001 --target ${own.target} --profile ${own.profile} --no-baseline`,
    ...own,
  };
}

function broken(): Cell {
  const history = sampleHistory({ id: 'QG-001', target: 'embedded', profile: 'design', broken: true, hostile: '' });
  const deliveries = history.events.flatMap(({ kind }, index) => (kind === 'deliver' ? [index] : []));
  const [first = 0, second = 0] = deliveries.slice(-2);
  const checks = {
    'exclusive-delivery': {
      valid: false,
      facts: { delivered: 4 },
      anomalies: [{ kind: 'duplicated', message: 'publisher/0 was delivered twice', evidence: [3, first, second] }],
    },
  } as const satisfies Cell['checks'];
  const evidence = shortestEvidence(history, checks);
  const { seed } = history.header;
  const choices = [{ point: 'ADV-SQS-01', key: 'queue/1', option: 1 }];
  return cell({
    target: 'embedded',
    profile: 'design',
    outcome: 'gap',
    expected: ['same'],
    verdictOnBaseline: 'failed',
    checks,
    comparison: compare(history),
    ...(evidence === undefined ? {} : { evidence }),
    runs: [{ seed, outcome: 'gap', choices, checks }],
  });
}
