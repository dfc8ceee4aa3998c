import type { Schedules } from '#core';
import { digestOf } from './explore/trial.ts';
import type { RunResult } from './run.ts';

const known = new WeakMap<readonly RunResult[], Schedules>();

/** What a campaign's adverse runs came to; counted once for all rows of the act. */
export function adverseFigures(runs: readonly RunResult[], time: 'virtual' | 'real'): Schedules {
  const figures = known.get(runs) ?? count(runs.slice(1), time);
  known.set(runs, figures);
  return figures;
}

function count(adverse: readonly RunResult[], time: 'virtual' | 'real'): Schedules {
  const points = new Map<string, number>();
  for (const { history } of adverse) {
    for (const { point } of history.header.choices) points.set(point, (points.get(point) ?? 0) + 1);
  }
  return {
    schedules: adverse.length,
    ...(time === 'real' ? {} : { distinctHistories: new Set(adverse.map(({ history }) => digestOf(history))).size }),
    points: Object.fromEntries([...points].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
