import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isStrategyName, portfolioOf, strategies } from '../harness/explore/strategies.ts';
import { knownGaps } from './known-gaps.ts';
import { scheduleNeeds } from './schedules-needed.ts';
import type { Needs } from './schedules-needed.ts';
import { strategiesPage } from './strategies-page.ts';

/**
 * How many schedules each strategy needs for each known gap: of `design` and `mended`, and of the faults that are put into
 * `exact`. `npm run strategies` takes half an hour and writes docs/strategies.md; `--schedules N` looks no further.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '10000' },
      seeds: { type: 'string', default: '1,2,3' },
      only: { type: 'string', default: '' },
      write: { type: 'boolean', default: false },
    },
  });
  const schedulesMax = Number(values.schedules);
  const seeds = values.seeds.split(',').map(Number);
  const names = [...Object.keys(strategies).filter(isStrategyName), 'portfolio'];
  const needs: Needs[] = [];
  for (const group of await knownGaps()) {
    if (!`${group.kind} ${group.subject.loaded.id}`.includes(values.only)) continue;
    for (const name of names) {
      const found = await scheduleNeeds(group, { strategy: name, strategies: portfolioOf(name), seeds, schedulesMax });
      needs.push(...found);
      for (const one of found) console.log(JSON.stringify(one));
    }
  }
  if (values.write) await writeFile(new URL('../docs/strategies.md', import.meta.url), strategiesPage(needs));
}

await main();
