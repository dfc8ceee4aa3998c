import { parentPort, workerData } from 'node:worker_threads';
import { subjectsOf } from './subjects.ts';
import type { SubjectNames } from './subjects.ts';
import { explore } from './explore.ts';
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

const order: PartOrder = workerData;
const stop = new Int32Array(order.stop);
const progressEvery = 50;
let played = 0;
const coverage = await explore(await subjectsOf(order), {
  ...order,
  signal: new AbortController().signal,
  goOn: () => Atomics.load(stop, 0) === 0,
  onSchedule: () => {
    played += 1;
    if (played % progressEvery === 0) parentPort?.postMessage({ kind: 'progress', schedules: progressEvery });
  },
});
parentPort?.postMessage({ kind: 'done', coverage });
