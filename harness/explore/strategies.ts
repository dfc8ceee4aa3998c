import type { PermissionId, Strategy } from 'parallax-emulator';
import { hashText, UsageError } from '#core';

/** How a schedule's liberties are spread, each with what it looks for. */
export const strategies = {
  uniform: 'each point at its own rate, throughout',
  sparse: 'little goes wrong, so that what needs a calm before it is reached',
  burst: 'most of the run is calm, then everything goes wrong at once',
  swarm: 'a third of the points, drawn for each schedule, four times as often; the others never (Groce 2012)',
  'after-acknowledgement': 'what follows the acknowledgement of a write goes wrong',
  'in-flight': 'what happens between a receive and its delete goes wrong',
  'visibility-boundary': 'whoever received is paused until just before, at or just after the visibility timeout',
  'rule-change': 'what follows a change of a rule, subscription or mapping goes wrong, and the change acts late',
  process: 'the processes behind the sessions are paused, killed and started again',
} as const;

export type StrategyName = keyof typeof strategies;

const names = Object.keys(strategies).filter(isStrategyName);

/** The strategies that a name stands for: itself, or `portfolio`, all of them side by side. */
export function portfolioOf(name: string): readonly [StrategyName, ...StrategyName[]] {
  const [first, ...others] = name === 'portfolio' ? names : names.filter((known) => known === name);
  if (first === undefined) {
    throw new UsageError(`strategy '${name}' is unknown: expected one of ${names.join(', ')}, portfolio`);
  }
  return [first, ...others];
}

export function isStrategyName(name: string): name is StrategyName {
  return Object.hasOwn(strategies, name);
}

/** A strategy also sees the sessions' processes, where it aims at them. */
export function aimsAtProcesses(name: StrategyName): boolean {
  return name === 'process' || name === 'visibility-boundary';
}

/** `undefined`: as a world does without one. */
export function createStrategy(name: StrategyName, seed: number): Strategy | undefined {
  switch (name) {
    case 'uniform':
      return undefined;
    case 'sparse':
      return { ...deaf, rateOf: (_, rate) => rate * 0.15 };
    case 'burst':
      return burst(seed);
    case 'swarm':
      return swarm(seed);
    case 'after-acknowledgement':
      return afterwards({ starts: acknowledged, lasts: 3, hot: 6, calm: 0.2 });
    case 'in-flight':
      return afterwards({ starts: received, lasts: Infinity, ends: deleted, hot: 5, calm: 0.2 });
    case 'visibility-boundary':
      return afterwards({
        starts: received,
        lasts: 3,
        hot: 1,
        calm: 0.3,
        inside: { 'PROC-pause': 0.3, 'PROC-restart': 0 },
      });
    case 'rule-change':
      return afterwards({ starts: changed, lasts: 6, hot: 6, calm: 0.3, throughout: lateChanges });
    case 'process':
      return { ...deaf, rateOf: (point, rate) => (isOfProcess(point) ? rate : rate * 0.4) };
    default:
      return name satisfies never;
  }
}

const deaf: Strategy = { rateOf: (_, rate) => rate, called: () => undefined, answered: () => undefined };

/** No point may fire always: a retry must be able to get through. */
const rateMax = 0.6;

function isOfProcess(point: PermissionId): boolean {
  return point === 'PROC-pause' || point === 'PROC-restart';
}

/** So many calls are of one mood; one in seven stretches is a bad one. */
const burstCalls = 6;
const burstOneIn = 7;

function burst(seed: number): Strategy {
  let calls = 0;
  let isBad = false;
  return {
    ...deaf,
    rateOf: (_, rate) => (isBad ? Math.min(rateMax, rate * 10) : rate * 0.05),
    called() {
      if (calls % burstCalls === 0) isBad = hashText(`${seed} burst ${calls}`) % burstOneIn === 0;
      calls += 1;
    },
  };
}

function swarm(seed: number): Strategy {
  const drawn = new Map<PermissionId, boolean>();
  return {
    ...deaf,
    rateOf(point, rate) {
      let isOn = drawn.get(point);
      if (isOn === undefined) {
        isOn = hashText(`${seed} swarm ${point}`) % 3 === 0;
        drawn.set(point, isOn);
      }
      return isOn ? Math.min(rateMax, rate * 4) : 0;
    },
  };
}

interface Window {
  /** The answer that opens the window. */
  readonly starts: ReadonlySet<string>;
  /** So many calls, from then on. */
  readonly lasts: number;
  /** The answer that closes it before. */
  readonly ends?: ReadonlySet<string>;
  /** How many times as often a point fires inside, and outside. */
  readonly hot: number;
  readonly calm: number;
  /** Rates of points that are chosen inside alone, and of those that have theirs throughout. */
  readonly inside?: Rates;
  readonly throughout?: Rates;
}

type Rates = Readonly<Partial<Record<PermissionId, number>>>;

function afterwards({ starts, lasts, ends, hot, calm, inside, throughout }: Window): Strategy {
  let left = 0;
  return {
    rateOf(point, rate) {
      const own = throughout?.[point];
      if (own !== undefined) return own;
      const within = inside?.[point];
      if (within !== undefined) return left > 0 ? within : 0;
      return left > 0 ? Math.min(rateMax, rate * hot) : rate * calm;
    },
    called: () => void (left = Math.max(0, left - 1)),
    answered(operation) {
      if (starts.has(operation)) left = lasts + 1;
      else if (ends?.has(operation) === true) left = 0;
    },
  };
}

const acknowledged: ReadonlySet<string> = new Set([
  'sqs.SendMessage',
  'sqs.SendMessageBatch',
  'sqs.DeleteMessage',
  'sns.Publish',
  'sns.PublishBatch',
  'events.PutEvents',
  'dynamodb.PutItem',
  'dynamodb.UpdateItem',
  'dynamodb.DeleteItem',
  'dynamodb.TransactWriteItems',
]);

const received: ReadonlySet<string> = new Set(['sqs.ReceiveMessage']);

const deleted: ReadonlySet<string> = new Set(['sqs.DeleteMessage', 'sqs.DeleteMessageBatch']);

const lateChanges: Rates = { 'ADV-EB-09': 0.4, 'ADV-EB-11': 0.2, 'ADV-SNS-04': 0.4, 'ADV-LAM-05': 0.4 };

const changed: ReadonlySet<string> = new Set([
  'events.PutRule',
  'events.PutTargets',
  'events.RemoveTargets',
  'events.DeleteRule',
  'sns.Subscribe',
  'sns.Unsubscribe',
  'sns.SetSubscriptionAttributes',
  'lambda.CreateEventSourceMapping',
  'lambda.UpdateEventSourceMapping',
  'lambda.CreateFunction',
]);
