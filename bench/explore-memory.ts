import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseArgs } from 'node:util';
import { explore } from '../harness/explore/explore.ts';
import { portfolioOf } from '../harness/explore/strategies.ts';
import { subjectsOf } from '../harness/explore/subjects.ts';

/**
 * npm run bench:explore-memory -- --schedules 1000000
 *
 * The heap after a full collection, each tenth of the way through so many schedules in one process, on the cheapest acts of
 * the suites. Exit 1 where the last is above the second by more than a tenth.
 */
const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '100000' },
    scenario: { type: 'string', default: 'publish/unknown-destination,subject/reserved-roots' },
    profile: { type: 'string', default: 'design' },
  },
});
setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
if (typeof collect !== 'function') throw new Error('the collector cannot be called');

const profile = (['design', 'mended', 'exact'] as const).find((name) => name === values.profile) ?? 'design';
const subjects = await subjectsOf({ patterns: values.scenario.split(','), profiles: [profile] });
const total = Number(values.schedules);
const every = Math.floor(total / 10);
const startMs = performance.now();
const heaps: number[] = [];
let played = 0;
const coverage = await explore(subjects, {
  seed: 1,
  schedules: Math.ceil(total / subjects.length),
  strategies: portfolioOf('portfolio'),
  part: 0,
  parts: 1,
  signal: new AbortController().signal,
  goOn: () => true,
  onSchedule: () => {
    played += 1;
    if (played % every !== 0) return;
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    heaps.push(heapUsed);
    const seconds = (performance.now() - startMs) / 1000;
    console.log(
      `${played} schedules, ${seconds.toFixed(0)} s: heap ${(heapUsed / 2 ** 20).toFixed(2)} MiB, rss ${(rss / 2 ** 20).toFixed(0)} MiB`,
    );
  },
});
console.log(coverage.map(({ scenario, schedules }) => `${scenario} ${schedules}`).join(', '));
const [, second = Infinity] = heaps;
process.exitCode = (heaps.at(-1) ?? 0) > second * 1.1 ? 1 : 0;
