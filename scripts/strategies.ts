import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isStrategyName, portfolioOf, strategies } from '../harness/explore/strategies.ts';
import { knownGaps } from './known-gaps.ts';
import { scheduleNeeds } from './schedules-needed.ts';
import type { Needs } from './schedules-needed.ts';
import { strategiesPage } from './strategies-page.ts';

/**
 * How many schedules each strategy needs for each known gap: of `design` and `mended`, and of the faults that are put into
 * `exact`. Appends a line of JSON a gap and strategy to `--into FILE` and goes on after those that are in it, so that it can
 * be ended at any time; `--part I/N` counts one act in N, a process a core. `--write` makes docs/strategies.md of the files
 * named, or of what was counted now: `strategies.ts --part 1/2 --into a.jsonl`, the same with 2/2, then `--write a.jsonl b.jsonl`.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      schedules: { type: 'string', default: '10000' },
      seeds: { type: 'string', default: '1,2,3' },
      only: { type: 'string', default: '' },
      part: { type: 'string', default: '1/1' },
      into: { type: 'string' },
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
          part: values.part.split('/').map(Number),
          into: values.into,
        });
  if (values.write) await writeFile(new URL('../docs/strategies.md', import.meta.url), strategiesPage(needs));
}

async function printedEarlier(files: readonly string[]): Promise<readonly Needs[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Needs => JSON.parse(line)),
  );
}

async function count({
  schedulesMax,
  seeds,
  only,
  part: [index = 1, parts = 1],
  into,
}: {
  readonly schedulesMax: number;
  readonly seeds: readonly number[];
  readonly only: string;
  readonly part: readonly number[];
  readonly into: string | undefined;
}): Promise<readonly Needs[]> {
  const names = [...Object.keys(strategies).filter(isStrategyName), 'portfolio'];
  const needs = into !== undefined && existsSync(into) ? [...(await printedEarlier([into]))] : [];
  const done = new Set(needs.map((one) => keyOf(one.kind, one.scenario, one.gap, one.strategy)));
  const groups = (await knownGaps()).filter(
    ({ kind, subject }, at) => at % parts === index - 1 && `${kind} ${subject.loaded.id}`.includes(only),
  );
  for (const [at, group] of groups.entries()) {
    const { kind, subject } = group;
    process.stderr.write(`${at + 1} of ${groups.length}: ${subject.loaded.id} (${kind})\n`);
    for (const name of names) {
      const gaps = group.gaps.filter((gap) => !done.has(keyOf(kind, subject.loaded.id, gap.name, name)));
      if (gaps.length === 0) continue;
      const options = { strategy: name, strategies: portfolioOf(name), seeds, schedulesMax };
      const found = await scheduleNeeds({ ...group, gaps }, options);
      needs.push(...found);
      const lines = found.map((one) => `${JSON.stringify(one)}\n`).join('');
      if (into === undefined) process.stdout.write(lines);
      else await appendFile(into, lines);
    }
  }
  return needs;
}

function keyOf(...names: readonly string[]): string {
  return names.join(' ');
}

await main();
