import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isStrategyName, portfolioOf, strategies } from '../harness/explore/strategies.ts';
import { knownGaps } from './known-gaps.ts';
import { scheduleNeeds } from './schedules-needed.ts';
import type { Needs } from './schedules-needed.ts';
import { strategiesPage } from './strategies-page.ts';

/**
 * How many schedules each strategy needs for each known gap: of `design` and `mended`, and of the faults that are put into
 * `exact`. Prints a line of JSON a gap and strategy; `--write` writes docs/strategies.md. It takes an hour of a core: with
 * files, the page is made of the lines that earlier runs printed, each of one part (`--only "design kv"`).
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      schedules: { type: 'string', default: '10000' },
      seeds: { type: 'string', default: '1,2,3' },
      only: { type: 'string', default: '' },
      write: { type: 'boolean', default: false },
    },
  });
  const needs =
    positionals.length > 0
      ? await printedEarlier(positionals)
      : await count({
          schedulesMax: Number(values.schedules),
          seeds: values.seeds.split(',').map(Number),
          only: values.only,
        });
  if (values.write) await writeFile(new URL('../docs/strategies.md', import.meta.url), strategiesPage(needs));
}

async function printedEarlier(files: readonly string[]): Promise<readonly Needs[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line): Needs => JSON.parse(line)),
  );
}

async function count({
  schedulesMax,
  seeds,
  only,
}: {
  readonly schedulesMax: number;
  readonly seeds: readonly number[];
  readonly only: string;
}): Promise<readonly Needs[]> {
  const names = [...Object.keys(strategies).filter(isStrategyName), 'portfolio'];
  const needs: Needs[] = [];
  for (const group of await knownGaps()) {
    if (!`${group.kind} ${group.subject.loaded.id}`.includes(only)) continue;
    for (const name of names) {
      const found = await scheduleNeeds(group, { strategy: name, strategies: portfolioOf(name), seeds, schedulesMax });
      needs.push(...found);
      for (const one of found) console.log(JSON.stringify(one));
    }
  }
  return needs;
}

await main();
