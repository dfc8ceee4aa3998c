import { hashText, range, seededRandom } from '#core';
import type {
  Capability,
  Cell,
  Comparison,
  Evidence,
  History,
  LatencyRow,
  LatencySummary,
  Level,
  Outcome,
  PatternDecision,
  Report,
  Verdict,
} from '#core';
import { compare } from './comparison.ts';
import { shortestEvidence } from './evidence.ts';
import { sampleHistory } from './sample-history.ts';
import { sampleRows } from './sample-rows.ts';

const features = {
  PUB: { feature: 'publish', capability: 'delivery', complexity: 'high', claim: 'NATS wildcards don’t map directly' },
  QG: { feature: 'queue-group', capability: 'queue-group', complexity: 'high', claim: 'Requires multiple SQS queues' },
  RR: {
    feature: 'request-reply',
    capability: 'request-reply',
    complexity: 'high',
    claim: 'Must use Lambda invocation',
  },
  KV: { feature: 'kv', capability: 'kv-values', complexity: 'low', claim: 'Better guarantees than JetStream KV' },
  BC: { feature: 'broadcast', capability: 'broadcast', complexity: 'medium', claim: 'Use SQS FIFO queues' },
} as const satisfies Record<
  string,
  { feature: string; capability: Capability; complexity: PatternDecision['complexity']; claim: string }
>;

export interface SampleOptions {
  readonly seed: number;
  readonly targets: readonly string[];
  readonly profiles: readonly string[];
  /** Put into subjects, bodies, titles and reasons. */
  readonly hostile?: string;
}

/** A report as a run of the five suites might leave it: 75 rows, made up, the same for the same options. */
export function sampleReport({ seed, targets, profiles, hostile = '' }: SampleOptions): Report {
  const random = seededRandom(seed);
  const columns = targets.flatMap((target) => profiles.map((profile) => ({ target, profile })));
  const cells = sampleRows.flatMap((row) => [
    sampleCell({ row, target: 'nats', profile: 'nats', hostile, random }),
    ...columns.map((column) => sampleCell({ row, ...column, hostile, random })),
  ]);
  return {
    schema: 1,
    startedAt: '2026-11-24T10:53:32.000Z',
    durationMs: 48_210,
    versions: { parallax: '0.1.0', node: '24.21.0', 'nats-server': '2.15.2', emulator: '0.1.0', localstack: '4.14.0' },
    seed,
    cells,
    permissions: {
      'ADV-SQS-01': {
        sentence: 'A message may be delivered more than once, even inside its visibility timeout.',
        page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html',
      },
      'ADV-SQS-03': {
        sentence: 'A standard queue may deliver messages in another order than that in which they were sent.',
        page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html',
      },
    },
    deciding: {
      prices: { readOn: '2026-09-15', source: 'https://aws.amazon.com/sqs/pricing/' },
      patterns: Object.values(features).map(({ feature, complexity, claim }) => ({
        pattern: feature,
        complexity,
        claim,
        per: feature === 'kv' ? ('call' as const) : ('message' as const),
        systems: ['nats', ...profiles].map((system, index) => ({
          system,
          gains: index === 0 ? [] : index === 1 ? ['messages kept for 4 days'] : ['messages kept for 4 days', 'IAM'],
          ...(index === 0 ? {} : { requestsPerMessage: 1 + index * 1.5, dollarsPerMillion: 0.4 + index * 0.85 }),
          ...(index === 0
            ? {}
            : {
                ceiling: {
                  text: ['10,000 PutEvents/s', '300 rules', '100 subscriptions a topic'][index % 3] ?? '',
                  source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
                },
              }),
        })),
      })),
    },
    latency: sampleLatency(),
  };
}

interface CellSeed {
  readonly row: (typeof sampleRows)[number];
  readonly target: string;
  readonly profile: string;
  readonly hostile: string;
  readonly random: () => number;
}

function sampleCell({ row, target, profile, hostile, random }: CellSeed): Cell {
  const [id, level, words, design, exact] = row;
  const family = features[familyOf(id)];
  const outcome = outcomeOf({ target, profile, level, design, exact, random });
  const broken = outcome === 'gap' || outcome === 'allowed';
  const history = sampleHistory({ id, target, profile, broken, hostile });
  const checks = sampleChecks(history, outcome, hostile);
  const evidence = shortestEvidence(history, checks);
  const path = `histories/${target.replace(/\W+/g, '-')}.${profile}.${id}.jsonl`;
  const expected: Outcome = random() < 0.01 && outcome !== 'not-run' ? 'same' : outcome;
  return {
    id: `${id}@${target}/${profile}`,
    row: id,
    level,
    scenario: `${family.feature}/${id.toLowerCase()}`,
    title: `${words}${hostile}`,
    source: 'https://docs.nats.io/nats-concepts/core-nats/pubsub',
    requires: [family.capability],
    ...(profile === 'exact' && outcome === 'allowed' ? { declared: [declaredOf(family.capability)] } : {}),
    definedAt: { file: `suites/${family.feature}/${id.toLowerCase()}.ts`, line: 5 },
    target,
    profile,
    outcome,
    ...(outcome === 'allowed' ? { direction: random() < 0.3 ? 'stronger' : 'weaker' } : {}),
    ...reasonOf(outcome, hostile),
    expected: [expected],
    verdictOnBaseline: outcome === 'not-run' ? 'not-run' : expected === outcome ? 'passed' : 'failed',
    checks,
    runs: runsOf({ outcome, checks, path, evidence }),
    latency: { 'publish → deliver': latencyAround(target === 'nats' ? 0.08 : 24 + random() * 30, 200) },
    comparison: compared(history, outcome),
    ...(evidence === undefined ? {} : { evidence }),
    history: path,
    repeat: `npx parallax conformance ${id} --target ${target} --profile ${profile} --seed 7 --no-baseline`,
  };
}

function familyOf(id: string): keyof typeof features {
  const [family] = id.split('-');
  if (family === 'PUB' || family === 'QG' || family === 'RR' || family === 'KV' || family === 'BC') return family;
  throw new Error(`row '${id}' of no suite`);
}

const declaredOf = (capability: Capability) => ({
  capability,
  level: 'weaker' as const,
  why: 'beyond 100 subscriptions a topic order is given up',
  source: 'https://docs.aws.amazon.com/general/latest/gr/sns.html',
});

interface OutcomeSeed {
  readonly target: string;
  readonly profile: string;
  readonly level: Level;
  readonly design: Outcome;
  readonly exact: Outcome;
  readonly random: () => number;
}

function outcomeOf({ target, profile, level, design, exact, random }: OutcomeSeed): Outcome {
  const chance = random();
  if (target === 'nats') return 'same';
  if (target === 'localstack' && chance < 0.06) return 'unsupported';
  if (target.startsWith('http') && chance < 0.05) return 'not-run';
  if (chance > 0.995) return 'unknown';
  const wanted = profile === 'design' ? design : profile === 'exact' ? exact : chance < 0.5 ? exact : design;
  return wanted === 'gap' && level === 'SHOULD' ? 'allowed' : wanted;
}

function reasonOf(outcome: Outcome, hostile: string): { readonly reason?: string } {
  const reasons: Partial<Record<Outcome, string>> = {
    unsupported: 'the profile has no call that collects many replies',
    'not-run': 'needs 12 h of real time, the target allows 10 s',
    unknown: 'nothing compared: no message was delivered',
  };
  const reason = reasons[outcome];
  return reason === undefined ? {} : { reason: `${reason}${hostile}` };
}

function sampleChecks(history: History, outcome: Outcome, hostile: string): Readonly<Record<string, Verdict>> {
  const facts = { published: 3, delivered: history.events.filter(({ kind }) => kind === 'deliver').length };
  if (outcome === 'unsupported' || outcome === 'not-run') return {};
  if (outcome === 'unknown') return { 'exclusive-delivery': { valid: 'unknown', facts, reason: 'nothing compared' } };
  if (outcome === 'same') return { 'exclusive-delivery': { valid: true, facts } };
  const deliveries = history.events.flatMap(({ kind }, index) => (kind === 'deliver' ? [index] : []));
  const [first = 0, second = 0] = deliveries.slice(-2);
  return {
    'exclusive-delivery': {
      valid: false,
      facts,
      anomalies: [
        {
          kind: 'duplicated',
          message: `publisher/0${hostile} was handed to two members of one group`,
          evidence: [3, first, second],
        },
      ],
    },
    'per-publisher-order': { valid: true, facts: { pairsCompared: 2 } },
  };
}

/** As if the act had had a thousand messages; nothing was seen of a cell that did not run. */
function compared(history: History, outcome: Outcome): Comparison {
  const { delivery, ordering, operations } = compare(history);
  const times = outcome === 'unsupported' || outcome === 'not-run' ? 0 : 100;
  return {
    delivery: {
      published: delivery.published * times,
      delivered: delivery.delivered * times,
      lost: delivery.lost === null ? null : delivery.lost * times,
      duplicated: delivery.duplicated * times,
      unexpected: delivery.unexpected * times,
    },
    ...(ordering === undefined || times === 0 ? {} : { ordering }),
    operations: { ...operations, ok: operations.ok * times },
  };
}

/** Adverse schedules a cell. */
const schedules = 20;

interface RunSeed {
  readonly outcome: Outcome;
  readonly checks: Cell['checks'];
  readonly path: string;
  readonly evidence: Evidence | undefined;
}

function runsOf({ outcome, checks, path, evidence }: RunSeed): Cell['runs'] {
  if (outcome === 'not-run') return [];
  const friendly = { seed: 'friendly' as const, outcome, choices: [], checks, history: path };
  if (evidence === undefined) return [friendly];
  const adverse = range(schedules).map((schedule) => ({
    seed: schedule === 0 ? evidence.seed : hashText(`${path} ${schedule}`),
    outcome: schedule % 3 === 0 ? outcome : ('same' as const),
    choices: range(18).map((at) => ({
      point: at % 4 === 0 ? 'ADV-SQS-03' : 'ADV-SQS-01',
      key: `work-nlp-high/${hashText(`${path} ${schedule} ${at}`) % 1_000}`,
      option: 1 + (at % 2),
    })),
    checks: schedule % 3 === 0 ? checks : {},
  }));
  return [{ ...friendly, outcome: 'same' }, ...adverse];
}

function latencyAround(p50Ms: number, samples: number): LatencySummary {
  return { samples, minMs: p50Ms * 0.6, p50Ms, p90Ms: p50Ms * 1.7, maxMs: p50Ms * 6 };
}

function sampleLatency(): readonly LatencyRow[] {
  const patterns = ['publish → deliver', 'queue group', 'request → reply', 'kv put', 'kv get', 'broadcast'];
  return patterns.flatMap((pattern, index) => [
    { pattern, system: 'nats', emulated: false, summary: { ...latencyAround(0.09 + index * 0.02, 2_000), p99Ms: 0.4 } },
    ...['design', 'exact'].map((system, extra) => ({
      pattern,
      system,
      emulated: true,
      summary: { ...latencyAround(2.4 + index + extra * 3, 2_000), p99Ms: 18 + extra * 9 },
      floor: { ...latencyAround(1.6, 2_000), p99Ms: 4 },
    })),
  ]);
}
