import type { RuleSet } from '../patterns/index.ts';
import { createRuleSet } from '../patterns/index.ts';
import type { World } from '../service.ts';
import type { Archive } from './archive.ts';
import type { ReplayDestination, Target } from './generated/shapes.ts';

/** The event buses, archives and replays of one account in one Region, each by name. */
export interface EventsState {
  readonly buses: Map<string, Bus>;
  readonly archives: Map<string, Archive>;
  readonly replays: Map<string, Replay>;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly createdMs: number;
  modifiedMs: number;
  description: string | undefined;
  kmsKeyIdentifier: string | undefined;
  deadLetterArn: string | undefined;
  /** Statements of its resource policy. */
  policy: readonly Readonly<Record<string, unknown>>[];
  readonly tags: Map<string, string>;
  readonly rules: Map<string, Rule>;
  /** What events are matched with: the rules as they were applied last, by name. */
  readonly applied: Map<string, AppliedRule>;
  readonly patterns: RuleSet;
  readonly archives: Set<Archive>;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  eventPattern: string | undefined;
  scheduleExpression: string | undefined;
  description: string | undefined;
  roleArn: string | undefined;
  state: string;
  /** By id, in the order in which the ids came. */
  readonly targets: Map<string, Target>;
  readonly tags: Map<string, string>;
  /** Ends the schedule that runs. */
  endSchedule: (() => void) | undefined;
}

/** A rule as events meet it. */
export interface AppliedRule {
  readonly name: string;
  readonly arn: string;
  readonly targets: readonly Target[];
}

export function createState(world: World): EventsState {
  const bus = createBus(world, 'default');
  return { buses: new Map([[bus.name, bus]]), archives: new Map(), replays: new Map() };
}

export function createBus({ clock, region, accountId }: World, name: string): Bus {
  const nowMs = clock.epochMs();
  return {
    name,
    arn: `arn:aws:events:${region}:${accountId}:event-bus/${name}`,
    createdMs: nowMs,
    modifiedMs: nowMs,
    description: undefined,
    kmsKeyIdentifier: undefined,
    deadLetterArn: undefined,
    policy: [],
    tags: new Map(),
    rules: new Map(),
    applied: new Map(),
    patterns: createRuleSet(),
    archives: new Set(),
  };
}

/** On the default bus a rule's ARN leaves the bus out. */
export function createRule({ region, accountId }: World, bus: Bus, name: string): Rule {
  const path = bus.name === 'default' ? name : `${bus.name}/${name}`;
  return {
    name,
    arn: `arn:aws:events:${region}:${accountId}:rule/${path}`,
    eventPattern: undefined,
    scheduleExpression: undefined,
    description: undefined,
    roleArn: undefined,
    state: 'ENABLED',
    targets: new Map(),
    tags: new Map(),
    endSchedule: undefined,
  };
}

/** An archive's events on their way back to the bus they were on. */
export interface Replay {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly archive: Archive;
  readonly destination: ReplayDestination;
  readonly fromMs: number;
  readonly toMs: number;
  readonly startedMs: number;
  state: 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED';
  lastReplayedMs: number | undefined;
  endedMs: number | undefined;
}
