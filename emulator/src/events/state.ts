import type { RuleSet } from '../patterns/index.ts';
import { createRuleSet } from '../patterns/index.ts';
import type { World } from '../service.ts';
import type { Target } from './generated/shapes.ts';

/** The event buses of one account in one Region, by name. */
export interface EventsState {
  readonly buses: Map<string, Bus>;
  /** How often PutEvents was called. */
  calls: number;
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
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  eventPattern: string | undefined;
  scheduleExpression: string | undefined;
  description: string | undefined;
  roleArn: string | undefined;
  enabled: boolean;
  /** By id, in the order in which the ids came. */
  readonly targets: Map<string, Target>;
  readonly tags: Map<string, string>;
  /** How often it, or its targets, were changed. */
  changes: number;
  /** Ends the schedule that runs. */
  endSchedule: (() => void) | undefined;
}

/** A rule as events meet it. */
export interface AppliedRule {
  readonly name: string;
  readonly arn: string;
  readonly targets: readonly Target[];
  /** How often it matched; names what befalls a delivery. */
  readonly matched: { count: number };
}

export function createState(world: World): EventsState {
  const bus = createBus(world, 'default');
  return { buses: new Map([[bus.name, bus]]), calls: 0 };
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
    enabled: true,
    targets: new Map(),
    tags: new Map(),
    changes: 0,
    endSchedule: undefined,
  };
}
