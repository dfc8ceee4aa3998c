import type { MessageId, Nanos, OpId } from './brand.ts';
import type { Capability } from './capability.ts';
import type { Choice, HistoryEvent } from './history.ts';
import type { Level } from './scenario.ts';
import type { Direction, Verdict } from './verdict.ts';

export const outcomes = ['same', 'allowed', 'gap', 'unsupported', 'unknown', 'not-run'] as const;
export type Outcome = (typeof outcomes)[number];

/** A latency distribution in milliseconds; a percentile is there only with ten samples above it. */
export interface LatencySummary {
  readonly samples: number;
  readonly minMs: number;
  readonly p50Ms?: number;
  readonly p90Ms?: number;
  readonly p99Ms?: number;
  readonly maxMs: number;
}

/** Counted from a history. */
export interface DeliveryFigures {
  /** Messages whose publish or request did not fail. */
  readonly published: number;
  /** Copies that reached a subscription or a responder. */
  readonly delivered: number;
  /** Copies that a certainly active receiver or group should have got; `null` where the history cannot tell. */
  readonly lost: number | null;
  /** Copies beyond the first, per subscription or group. */
  readonly duplicated: number;
  /** Copies of nothing that was published, or that the receiver's filter does not match. */
  readonly unexpected: number;
}

/** Counted over first deliveries; the run is that of the stream with most inversions. */
export interface OrderFigures {
  /** Pairs of messages that arrived in the opposite order of their publish calls. */
  readonly inversions: number;
  readonly longestRun: number;
  /** Messages in the stream of that run. */
  readonly streamLength: number;
}

/** What one history says in figures, to be laid beside the same act on another system. */
export interface Comparison {
  readonly delivery: DeliveryFigures;
  readonly ordering?: {
    readonly perPublisher: OrderFigures;
    /** Over all publishers of a subscription, by the time of the call. */
    readonly across: OrderFigures;
  };
  readonly operations: { readonly ok: number; readonly failed: number; readonly indefinite: number };
}

/** One event of an evidence, ready to draw. */
export interface EvidenceStep {
  /** Of the event in its history; in the file it is line `index + 2`. */
  readonly index: number;
  readonly at: Nanos;
  /** The session; absent where the event belongs to none. */
  readonly lane?: string;
  readonly kind: HistoryEvent['kind'];
  readonly text: string;
  /** Joins a publish with its deliveries. */
  readonly message?: MessageId;
  /** Joins a call with its end. */
  readonly op?: OpId;
}

/** The shortest anomaly of a cell. */
export interface Evidence {
  readonly checker: string;
  /** The anomaly's kind and message. */
  readonly kind: string;
  readonly message: string;
  /** The run it was seen in. */
  readonly seed: number | 'friendly';
  readonly steps: readonly EvidenceStep[];
}

/** Something that AWS documents itself free to do. */
export interface Permission {
  readonly sentence: string;
  /** The page that says so. */
  readonly page: string;
}

/** A promise that the profile does not keep in full, as its table says. */
export interface Declared {
  readonly capability: Capability;
  readonly level: 'weaker' | 'none';
  readonly why: string;
  readonly source: string;
}

/** One run of a cell's act: friendly, or an adverse schedule. */
export interface RunSummary {
  readonly seed: number | 'friendly';
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly direction?: Direction;
  readonly choices: readonly Choice[];
  readonly checks: Readonly<Record<string, Verdict>>;
  /** Path of the history, relative to the report. */
  readonly history?: string;
}

/** What adverse schedules of an act came to. */
export interface Schedules {
  readonly schedules: number;
  /** Histories that differ in an event; absent where time is real and no two are alike. */
  readonly distinctHistories?: number;
  /** Permission → how often AWS took it. */
  readonly points: Readonly<Record<string, number>>;
}

/** What `parallax explore` came to, apart from the report's own runs. */
export interface Explored extends Schedules {
  readonly seed: number;
  /** Files beside the report that replay what was found of the row. */
  readonly capsules: readonly string[];
}

/** Row × target × profile. */
export interface Cell {
  readonly id: string;
  readonly row: string;
  readonly level: Level;
  readonly scenario: string;
  readonly title: string;
  readonly source: string;
  /** The promises the row rests on. */
  readonly requires: readonly Capability[];
  /** Those of them that the profile declares not to keep in full. */
  readonly declared?: readonly Declared[];
  /** The act goes to a limit, with hundreds of subscriptions: its calls are no measure of a message's cost. */
  readonly atScale?: true;
  /** Where the scenario is defined. */
  readonly definedAt?: { readonly file: string; readonly line: number };
  readonly target: string;
  readonly profile: string;
  readonly outcome: Outcome;
  readonly direction?: Direction;
  readonly reason?: string;
  /** `not-run`, as the plan decided: no entry in a baseline is needed, and the exit code stays as it is. */
  readonly planned?: true;
  /** What the baseline expects, and whether the outcome is that. */
  readonly expected?: readonly Outcome[];
  readonly verdictOnBaseline: 'passed' | 'failed' | 'no-entry' | 'no-baseline' | 'not-run';
  /** Verdicts of the run that decided, by checker. */
  readonly checks: Readonly<Record<string, Verdict>>;
  readonly runs: readonly RunSummary[];
  /** Of the adverse schedules among the runs. */
  readonly adverse?: Schedules;
  readonly explored?: Explored;
  readonly latency?: Readonly<Record<string, LatencySummary>>;
  /** Of the friendly run. */
  readonly comparison?: Comparison;
  /** AWS requests of the friendly run: `sqs.SendMessage` → count. */
  readonly requests?: Readonly<Record<string, number>>;
  /** Of the run that decided, where something was false. */
  readonly evidence?: Evidence;
  readonly history?: string;
  /** The command that repeats just this cell. */
  readonly repeat: string;
}

/** What one system gives for one pattern. */
export interface SystemDecision {
  /** `nats` or a profile. */
  readonly system: string;
  /** What it gives that NATS does not. */
  readonly gains: readonly string[];
  /** By what the pattern is counted by. */
  readonly requestsPerMessage?: number;
  readonly dollarsPerMillion?: number;
  /** Copies delivered of a message, in the same acts; absent where calls are counted. */
  readonly copiesPerMessage?: number;
  readonly ceiling?: { readonly text: string; readonly source: string };
}

/** One pattern of the page a team decides by; gaps and outcomes come from the cells. */
export interface PatternDecision {
  /** As the folder below `suites/`. */
  readonly pattern: string;
  /** The document's own class, where it has one for the pattern. */
  readonly complexity?: 'high' | 'medium' | 'low';
  /** The document's own sentence. */
  readonly claim: string;
  /** What the document says it costs, in its own words. */
  readonly price?: string;
  /** What requests and dollars are counted by: messages published or requested, or the application's calls. */
  readonly per: 'message' | 'call';
  readonly systems: readonly SystemDecision[];
}

export interface Deciding {
  /** Of the price table: the day it was read, and where. */
  readonly prices: { readonly readOn: string; readonly source: string };
  readonly patterns: readonly PatternDecision[];
}

export interface Report {
  readonly schema: 1;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly cells: readonly Cell[];
  /** By id, those that the cells' choices name. */
  readonly permissions: Readonly<Record<string, Permission>>;
  readonly deciding?: Deciding;
  readonly latency: readonly LatencyRow[];
}

/** One pattern measured on both systems, beside the floor: the client against a canned answer. */
export interface LatencyRow {
  readonly pattern: string;
  readonly system: string;
  readonly emulated: boolean;
  readonly summary: LatencySummary;
  readonly floor?: LatencySummary;
}
