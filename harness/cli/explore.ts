import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parsePermits } from 'parallax-emulator';
import type { PermitRates } from 'parallax-emulator';
import { profiles } from 'parallax-translator';
import { realClock, UsageError } from '#core';
import { formatCapsule } from '../explore/capsule.ts';
import { createDistinctCounter } from '../explore/distinct.ts';
import { coverageName, formatCoverage, readCoverage } from '../explore/coverage-file.ts';
import type { CoverageFile } from '../explore/coverage-file.ts';
import { mergeAll } from '../explore/explore.ts';
import type { Coverage, Found } from '../explore/explore.ts';
import { exploreInParallel } from '../explore/parallel.ts';
import { capsuleName, capsuleOf } from '../explore/keep.ts';
import { operationsOf } from '../explore/shrink.ts';
import { createProgress } from '../explore/progress.ts';
import { portfolioOf, strategies } from '../explore/strategies.ts';
import { subjectsOf } from '../explore/subjects.ts';
import type { Subject } from '../explore/trial.ts';
import { suitesFolder } from '../load.ts';
import type { Command } from './command.ts';
import { interruptible } from './interruptible.ts';

export const explore: Command = {
  help: `usage: parallax explore [PATTERN…] [options]

Plays scenarios under many seeded schedules, each with every liberty that AWS takes, shrinks what breaks, and writes it
as a capsule: a small file that repeats the same story on every machine. Ctrl-C keeps what was found.

  --schedules N        schedules a scenario and profile (1000)
  --strategy NAME      how what goes wrong is spread, or portfolio: all of them in turns (portfolio)
  --seconds S          end after so many seconds, if the schedules are not done
  --permit IDS         what AWS may do: all, or ids separated by commas, each with a rate of its own if you like:
                       ADV-SQS-01=0.2,ADV-EB-04 or all,ADV-EB-04=0 (all)
  --profile NAME|all   design, mended, exact (exact)
  --seed N             seed of all schedules (1)
  --shard I/N          play one part of N of the schedules; the parts together are the whole
  --merge DIR          play nothing and join what a shard wrote with --out; once for each shard
  --out DIR            where capsules and coverage.json go (capsules)
  --json               print {schedules, seconds, distinctHistories, points, findings} at the end

strategies:
${Object.entries(strategies)
  .map(([name, what]) => `  ${name.padEnd(22)} ${what}`)
  .join('\n')}

exit: 0 nothing found, 1 a gap, 2 schedules that broke off, chance that nobody controls, or Ctrl-C before anything
      was found, 64 usage
example: parallax explore queue-group --profile design --schedules 200
         parallax repro capsules/QG-001-design-exclusive-delivery-duplicated.json
`,
  run: (argv) => interruptible((signal) => main(parse(argv), signal)),
};

interface Options {
  readonly patterns: readonly string[];
  readonly profiles: typeof profiles extends readonly (infer P)[] ? readonly P[] : never;
  readonly schedules: number;
  readonly strategies: ReturnType<typeof portfolioOf>;
  readonly permit: string;
  readonly seconds: number | undefined;
  readonly seed: number;
  readonly shard: { readonly index: number; readonly count: number };
  readonly merge: readonly string[];
  readonly out: string;
  readonly json: boolean;
}

function parse(argv: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      schedules: { type: 'string', default: '1000' },
      strategy: { type: 'string', default: 'portfolio' },
      permit: { type: 'string', default: 'all' },
      seconds: { type: 'string' },
      profile: { type: 'string', default: 'exact' },
      seed: { type: 'string', default: '1' },
      shard: { type: 'string', default: '1/1' },
      merge: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: 'capsules' },
      json: { type: 'boolean', default: false },
    },
  });
  const wanted = values.profile === 'all' ? profiles : profiles.filter((name) => name === values.profile);
  if (wanted.length === 0) {
    throw new UsageError(`profile '${values.profile}' is unknown: expected one of ${profiles.join(', ')}, all`);
  }
  const [index = 0, count = 0] = values.shard.split('/').map(Number);
  if (!/^\d+\/\d+$/.test(values.shard) || index < 1 || index > count) {
    throw new UsageError(`shard '${values.shard}' is no shard: expected I/N with 1 ≤ I ≤ N, such as 1/2`);
  }
  return {
    patterns: positionals,
    profiles: wanted,
    schedules: whole('--schedules', values.schedules),
    strategies: portfolioOf(values.strategy),
    permit: values.permit,
    seconds: values.seconds === undefined ? undefined : whole('--seconds', values.seconds),
    seed: whole('--seed', values.seed),
    shard: { index, count },
    merge: values.merge,
    out: values.out,
    json: values.json,
  };
}

function whole(name: string, value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new UsageError(`${name} '${value}' is not a number: expected 0 to 999999999`);
  return Number(value);
}

async function main(options: Options, interrupt: AbortSignal): Promise<number> {
  const explored = options.merge.length > 0 ? await mergeFolders(options.merge) : await playAll(options, interrupt);
  const { coverage, permit, seconds } = explored;
  await mkdir(options.out, { recursive: true });
  await writeFile(join(options.out, coverageName), formatCoverage(explored));
  const subjects = await subjectsOf({ patterns: [], profiles, permit: permitted(permit) });
  const findings = [];
  for (const part of coverage) {
    const subject = subjects.find(({ loaded, profile }) => loaded.id === part.scenario && profile === part.profile);
    if (subject === undefined) throw new UsageError(`'${part.scenario}' (${part.profile}) is not in ${suitesFolder}/`);
    for (const found of part.findings) findings.push(await keep(subject, found, options.out));
  }
  const summary = {
    schedules: coverage.reduce((sum, part) => sum + part.schedules, 0),
    seconds,
    distinctHistories: coverage.reduce((sum, { distinct }) => sum + createDistinctCounter(distinct).count(), 0),
    points: sumPoints(coverage),
    findings,
  };
  process.stdout.write(options.json ? `${JSON.stringify(summary, null, 2)}\n` : textOf(summary, coverage));
  if (findings.length > 0) return 1;
  if (interrupt.aborted) return 2;
  return coverage.some(({ brokeOff }) => brokeOff > 0) ? 2 : 0;
}

async function playAll(options: Options, interrupt: AbortSignal): Promise<CoverageFile> {
  const { patterns, profiles: wanted, schedules, seed, shard } = options;
  const permit = permitted(options.permit);
  const startMs = realClock.epochMs();
  const limits = options.seconds === undefined ? [] : [AbortSignal.timeout(options.seconds * 1000)];
  const subjects = await subjectsOf({ patterns, profiles: wanted });
  const partOf = Math.ceil(schedules / shard.count);
  const progress = createProgress({ total: subjects.length * partOf, startMs });
  const coverage = await exploreInParallel({
    patterns,
    profiles: wanted,
    schedules,
    strategies: options.strategies,
    permit,
    seed,
    shard,
    signal: AbortSignal.any([interrupt, ...limits]),
    onProgress: progress.add,
  });
  progress.end();
  return { seed, permit: options.permit, seconds: realClock.epochMs() / 1000 - startMs / 1000, coverage };
}

async function mergeFolders(folders: readonly string[]): Promise<CoverageFile> {
  const parts = await Promise.all(folders.map(readCoverage));
  const seeds = parts.map(({ seed }) => seed);
  const permits = parts.map(({ permit }) => permit);
  return {
    seed: onlyOf('seeds', seeds),
    permit: onlyOf('permissions', permits),
    seconds: parts.reduce((sum, part) => sum + part.seconds, 0),
    coverage: mergeAll(parts.flatMap(({ coverage }) => coverage)),
  };
}

/** What all parts have alike. */
function onlyOf<T>(name: string, values: readonly T[]): T {
  const [only, ...others] = new Set(values);
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(
    `the parts have the ${name} ${[...new Set(values)].join(' and ')}: expected shards of one exploring`,
  );
}

function permitted(text: string): PermitRates {
  const rates = readPermits(text);
  if (Object.values(rates).some((rate) => rate > 0)) return rates;
  throw new UsageError(`--permit '${text}' permits nothing: expected all, or ids such as ADV-SQS-01`);
}

function readPermits(text: string): PermitRates {
  try {
    return parsePermits(text);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : `--permit '${text}' makes no sense`, {
      cause: error,
    });
  }
}

interface Kept {
  readonly row: string;
  readonly profile: string;
  readonly checker: string;
  readonly kind: string;
  readonly message: string;
  /** Schedules that showed it, and the first that did. */
  readonly times: number;
  readonly after: number;
  readonly operations: number;
  readonly choices: number;
  /** No single step makes it smaller. */
  readonly isMinimal: boolean;
  readonly capsule: string;
}

/** Shrinks a finding and writes its capsule. */
async function keep(subject: Subject, found: Found, out: string): Promise<Kept> {
  const capsule = await capsuleOf(subject, found, { signal: new AbortController().signal });
  const file = join(out, capsuleName(capsule));
  await writeFile(file, formatCapsule(capsule));
  return {
    row: capsule.row,
    profile: subject.profile,
    checker: capsule.checker,
    kind: capsule.anomaly.kind,
    message: capsule.anomaly.message,
    times: found.times,
    after: found.after,
    operations: operationsOf(capsule),
    choices: capsule.choices.length,
    isMinimal: capsule.shrunk.isMinimal,
    capsule: file,
  };
}

function sumPoints(coverage: readonly Coverage[]): Readonly<Record<string, number>> {
  const points = new Map<string, number>();
  for (const part of coverage) {
    for (const [point, times] of Object.entries(part.points)) points.set(point, (points.get(point) ?? 0) + times);
  }
  return Object.fromEntries([...points].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textOf(
  summary: {
    readonly schedules: number;
    readonly seconds: number;
    readonly distinctHistories: number;
    readonly points: Readonly<Record<string, number>>;
    readonly findings: readonly Kept[];
  },
  coverage: readonly Coverage[],
): string {
  const perMinute = Math.round((summary.schedules / Math.max(summary.seconds, 0.001)) * 60);
  return [
    ...summary.findings.map(
      (found) =>
        `${found.row} ${found.profile}: ${found.kind}, ${found.times} times, first in schedule ${found.after}\n` +
        `  ${found.message}\n  ${found.operations} operations, ${found.choices} choices${found.isMinimal ? '' : ' (shrinking was cut short)'}: parallax repro ${found.capsule}`,
    ),
    ...coverage
      .filter(({ brokeOff }) => brokeOff > 0)
      .map(
        (part) =>
          `${part.scenario} ${part.profile}: ${part.brokeOff} schedules broke off: ${part.firstBroken?.reason ?? ''}`,
      ),
    `${summary.schedules} schedules in ${summary.seconds.toFixed(1)} s (${perMinute} a minute), ${summary.distinctHistories} distinct histories`,
    `points fired: ${
      Object.entries(summary.points)
        .map(([point, times]) => `${point} ${times}`)
        .join(', ') || 'none'
    }`,
    summary.findings.length === 0 ? 'nothing found' : `${summary.findings.length} found`,
    '',
  ].join('\n');
}
