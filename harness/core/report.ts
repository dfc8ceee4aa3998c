import type { Choice } from './history.ts';
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

/** Row × target × profile. */
export interface Cell {
  readonly id: string;
  readonly row: string;
  readonly level: Level;
  readonly scenario: string;
  readonly title: string;
  readonly source: string;
  readonly target: string;
  readonly profile: string;
  readonly outcome: Outcome;
  readonly direction?: Direction;
  readonly reason?: string;
  /** What the baseline expects, and whether the outcome is that. */
  readonly expected?: readonly Outcome[];
  readonly verdictOnBaseline: 'passed' | 'failed' | 'no-entry' | 'no-baseline' | 'not-run';
  /** Verdicts of the run that decided, by checker. */
  readonly checks: Readonly<Record<string, Verdict>>;
  readonly runs: readonly RunSummary[];
  readonly latency?: Readonly<Record<string, LatencySummary>>;
  readonly history?: string;
  readonly repeat: string;
}

export interface Report {
  readonly schema: 1;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly cells: readonly Cell[];
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
