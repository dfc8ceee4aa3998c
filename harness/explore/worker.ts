import { parentPort, workerData } from 'node:worker_threads';
import { ChanceError } from '#core';
import { subjectsOf } from './subjects.ts';
import type { SubjectNames } from './subjects.ts';
import { createDistinctCounter } from './distinct.ts';
import { explore, findingKey } from './explore.ts';
import type { StrategyName } from './strategies.ts';

/** What a part of the exploring is told. */
export interface PartOrder extends SubjectNames {
  readonly seed: number;
  readonly schedules: number;
  readonly strategies: readonly [StrategyName, ...StrategyName[]];
  readonly part: number;
  readonly parts: number;
  /** Four bytes; another thread sets the first to 1 to end the exploring. */
  readonly stop: SharedArrayBuffer;
}

/** How far a part is. */
export interface PartProgress {
  readonly part: number;
  readonly schedules: number;
  readonly distinct: number;
  /** A line for each finding so far. */
  readonly found: readonly string[];
}

const order: PartOrder = workerData;
const stop = new Int32Array(order.stop);
const progressEvery = 50;
let played = 0;
const distinct = createDistinctCounter();
const found = new Set<string>();

function tell(): void {
  const { part } = order;
  const progress: PartProgress = { part, schedules: played, distinct: distinct.count(), found: [...found] };
  parentPort?.postMessage({ kind: 'progress', progress });
}

try {
  const coverage = await explore(await subjectsOf(order), {
    ...order,
    signal: new AbortController().signal,
    goOn: () => Atomics.load(stop, 0) === 0,
    onSchedule: ({ profile }, { fingerprint, findings }) => {
      played += 1;
      distinct.add(fingerprint);
      for (const finding of findings) found.add(`${profile} ${findingKey(finding)}`);
      if (played % progressEvery === 0) tell();
    },
  });
  parentPort?.postMessage({ kind: 'done', coverage });
} catch (error) {
  // An error loses its class on the way to another thread.
  if (!(error instanceof ChanceError)) throw error;
  parentPort?.postMessage({ kind: 'chance', message: error.message });
}
