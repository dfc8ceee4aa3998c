import { join, relative } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { compareWithBaseline } from '#core';
import type { Cell, Expected, LatencyRow, Scenario } from '#core';
import { createCampaigns } from '../campaigns.ts';
import type { JudgedCell } from '../campaigns.ts';
import { scenarioId, scenarioOf } from '../load.ts';
import { planCells } from '../plan.ts';
import type { PlannedCell } from '../plan.ts';
import { benchOf, placesOf } from './bench.ts';
import type { Provided } from './provided.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What a conformance cell came to; the reporter collects it. */
    parallax?: Cell;
    /** What a latency test measured. */
    latency?: readonly LatencyRow[];
  }
}

/**
 * Registers a test per cell of the scenario that stands in the file being collected. The runs behind the cells are
 * shared: the first cell that needs one plays it, so that a filter plays no more than it must.
 */
export function registerCells(scenario: Scenario, definedAt: Error): void {
  const file = expect.getState().testPath ?? '';
  const provided = inject('parallax');
  const { root } = provided;
  const id = scenarioId(join(root, 'suites'), file);
  scenarioOf({ default: scenario }, relative(root, file));
  const loaded = { id, file, scenario };
  const place = { file: relative(root, file), line: lineOf(definedAt, file) };
  const campaigns = createCampaigns(benchOf(provided, loaded));

  describe(scenario.title, () => {
    for (const planned of natsLast(planCells(loaded, placesOf(provided)))) {
      if (!isWanted(planned, id, provided.options.patterns)) continue;
      test(titleOf(planned), { tags: tagsOf(planned, id, scenario) }, async ({ task, signal }) => {
        const judged = await campaigns.judge(planned, { signal });
        const compared = compareWithBaseline(judged, expectedOf(planned, provided));
        const { message = '', ...verdict } = compared;
        task.meta.parallax = { ...judged, ...verdict, definedAt: place };
        if (compared.verdictOnBaseline === 'failed' || compared.verdictOnBaseline === 'no-entry') {
          throw failure(definedAt, judged, message);
        }
      });
    }
  });
}

/** What computes begins at once; NATS, where acts wait, is played meanwhile. */
function natsLast(cells: readonly PlannedCell[]): readonly PlannedCell[] {
  return cells.toSorted((a, b) => Number(a.target === 'nats') - Number(b.target === 'nats'));
}

/** What the cell is held to. */
function expectedOf({ target }: PlannedCell, { options, baseline, nats, aws }: Provided): Expected {
  if (target === 'nats') return { kind: 'nats', ownServer: nats.kind === 'server' && nats.access.from === 'url' };
  if (options.baseline !== 'compare') return { kind: 'nothing' };
  if (baseline === undefined) return { kind: 'same' };
  return { kind: 'file', baseline, failedProbes: new Set(aws.kind === 'url' ? Object.keys(aws.lacks) : []) };
}

function titleOf({ row, target, profile }: PlannedCell): string {
  return target === 'nats' ? `${row.id} on nats` : `${row.id} on ${target} in ${profile}`;
}

/** Levels, features and what the scenario says of itself; the tags that `vitest.config.ts` knows. */
function tagsOf({ row }: PlannedCell, id: string, { tags = [] }: Scenario): string[] {
  return [row.level, id.split('/')[0] ?? id, ...tags];
}

function isWanted({ row }: PlannedCell, id: string, patterns: readonly string[]): boolean {
  return patterns.length === 0 || patterns.some((pattern) => id.includes(pattern) || row.id === pattern.toUpperCase());
}

/** An error whose stack is the scenario's own, so that editors and annotations point there. */
function failure(definedAt: Error, { id, outcome, reason }: JudgedCell, expectation: string): Error {
  const error = new Error(`${id} is '${outcome}' (${reason ?? 'no reason'}): ${expectation}`);
  const frames = definedAt.stack?.split('\n').filter((line) => /^\s+at (?!scenario )/.test(line)) ?? [];
  error.stack = [`Error: ${error.message}`, ...frames].join('\n');
  return error;
}

function lineOf({ stack = '' }: Error, file: string): number {
  const at = stack.split('\n').find((line) => line.includes(file));
  return Number(/:(\d+):\d+\)?$/.exec(at ?? '')?.[1] ?? 1);
}
