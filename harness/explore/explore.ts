import { ChanceError, hashText, isNonEmpty } from '#core';
import { createDistinctCounter } from './distinct.ts';
import { differenceOf } from './repeat.ts';
import { play } from './trial.ts';
import type { StrategyName } from './strategies.ts';
import type { Finding, Subject, Trial } from './trial.ts';

/** What one scenario in one profile came to under the schedules explored so far. */
export interface Coverage {
  readonly scenario: string;
  readonly profile: string;
  readonly schedules: number;
  /** Bits of the counter of distinct histories, so that shards merge exactly. */
  readonly distinct: Uint8Array;
  /** Permission → how often it fired. */
  readonly points: Readonly<Record<string, number>>;
  readonly findings: readonly Found[];
  /** Schedules that broke off, and of the first of them its number and why. */
  readonly brokeOff: number;
  readonly firstBroken?: { readonly after: number; readonly reason: string };
}

/** A finding, the first schedule that showed it, and how many did. */
export interface Found {
  readonly finding: Finding;
  readonly seed: number;
  readonly strategy: StrategyName;
  /** Schedules played until it showed. */
  readonly after: number;
  readonly times: number;
}

export interface ExploreOptions {
  readonly seed: number;
  /** Schedules a subject. */
  readonly schedules: number;
  /** Taken in turns. */
  readonly strategies: readonly [StrategyName, ...StrategyName[]];
  /** Which of `count` parts of the seeds is played: those with `index % count === part`. */
  readonly part: number;
  readonly parts: number;
  readonly signal: AbortSignal;
  /** Asked before each schedule; `false` ends the exploring. */
  readonly goOn: () => boolean;
  readonly onSchedule?: (subject: Subject, trial: Trial) => void;
}

/** One in so many schedules is played twice: a difference is chance that nobody controls. */
const doubledOneIn = 64;

/** Plays the subjects' schedules in turns, so that an early end leaves all of them explored alike. */
export async function explore(subjects: readonly Subject[], options: ExploreOptions): Promise<readonly Coverage[]> {
  const tallies = subjects.map((subject) => createTally(subject));
  for (let index = options.part; index < options.schedules; index += options.parts) {
    for (const tally of tallies) {
      if (!options.goOn()) return tallies.map(({ coverage }) => coverage());
      const seed = scheduleSeed(options.seed, tally.subject, index);
      const strategy = options.strategies[index % options.strategies.length] ?? options.strategies[0];
      const trial = await tally.play({ seed, strategy }, index, options.signal);
      options.onSchedule?.(tally.subject, trial);
    }
  }
  return tallies.map(({ coverage }) => coverage());
}

/** The same schedule for the same seed, scenario and index, however the work is split. */
export function scheduleSeed(seed: number, { loaded, profile }: Subject, index: number): number {
  return hashText(`${seed} ${loaded.id} ${profile} ${index}`);
}

interface Schedule {
  readonly seed: number;
  readonly strategy: StrategyName;
}

interface Tally {
  readonly subject: Subject;
  readonly play: (schedule: Schedule, index: number, signal: AbortSignal) => Promise<Trial>;
  readonly coverage: () => Coverage;
}

function createTally(subject: Subject): Tally {
  const distinct = createDistinctCounter();
  const points = new Map<string, number>();
  const found = new Map<string, Found>();
  const parameters = subject.loaded.scenario.small;
  let schedules = 0;
  let brokeOff = 0;
  let firstBroken: Coverage['firstBroken'];

  return {
    subject,
    async play(schedule, index, signal) {
      const trial = await play(subject, { ...schedule, parameters }, { signal });
      schedules += 1;
      if (index % doubledOneIn === 0) await rejectDifference(subject, trial, schedule, signal);
      distinct.add(trial.fingerprint);
      for (const { point } of trial.choices) points.set(point, (points.get(point) ?? 0) + 1);
      for (const [key, finding] of firstOfEach(trial.findings)) {
        const before = found.get(key);
        found.set(
          key,
          before === undefined
            ? { finding, ...schedule, after: index + 1, times: 1 }
            : { ...before, times: before.times + 1 },
        );
      }
      if (trial.failure !== undefined) {
        brokeOff += 1;
        firstBroken ??= { after: index + 1, reason: trial.failure };
      }
      return trial;
    },
    coverage: () => ({
      scenario: subject.loaded.id,
      profile: subject.profile,
      schedules,
      distinct: distinct.state,
      points: Object.fromEntries([...points].sort(([a], [b]) => (a < b ? -1 : 1))),
      findings: sortedFindings(found),
      brokeOff,
      ...(firstBroken === undefined ? {} : { firstBroken }),
    }),
  };
}

/** Of the findings that have one key the first, which has the least evidence: `times` counts schedules. */
function firstOfEach(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  return new Map(findings.toReversed().map((finding) => [findingKey(finding), finding]));
}

/** One finding per row, checker and kind of anomaly. */
export function findingKey({ row, checker, anomaly }: Pick<Finding, 'row' | 'checker' | 'anomaly'>): string {
  return `${row} ${checker} ${anomaly.kind}`;
}

async function rejectDifference(
  subject: Subject,
  first: Trial,
  schedule: Schedule,
  signal: AbortSignal,
): Promise<void> {
  const second = await play(subject, { ...schedule, parameters: subject.loaded.scenario.small }, { signal });
  const difference = differenceOf(first, second);
  if (difference === undefined) return;
  const { seed, strategy } = schedule;
  const place = `'${subject.loaded.id}' (${subject.profile}), seed ${seed}, ${strategy}`;
  throw new ChanceError(`uncontrolled chance in ${place}: two runs part at ${difference}`);
}

/** Coverage of all subjects from several parts, as if one had played them all. */
export function mergeAll(parts: readonly Coverage[]): readonly Coverage[] {
  const groups = Map.groupBy(parts, ({ scenario, profile }) => `${scenario} ${profile}`);
  return [...groups.values()].flatMap((group) => (isNonEmpty(group) ? [mergeCoverage(group)] : []));
}

/** Coverage of the same subject from several parts, as if one had played them all. */
export function mergeCoverage(parts: readonly [Coverage, ...Coverage[]]): Coverage {
  const [first] = parts;
  const distinct = createDistinctCounter(new Uint8Array(first.distinct.length));
  const points = new Map<string, number>();
  const found = new Map<string, Found>();
  for (const part of parts) {
    distinct.merge(part.distinct);
    for (const [point, times] of Object.entries(part.points)) points.set(point, (points.get(point) ?? 0) + times);
    for (const one of part.findings) {
      const key = findingKey(one.finding);
      const other = found.get(key);
      if (other === undefined) found.set(key, one);
      else found.set(key, { ...(one.after < other.after ? one : other), times: one.times + other.times });
    }
  }
  const [firstBroken] = parts.flatMap((part) => part.firstBroken ?? []).toSorted((a, b) => a.after - b.after);
  return {
    scenario: first.scenario,
    profile: first.profile,
    schedules: parts.reduce((sum, part) => sum + part.schedules, 0),
    distinct: distinct.state,
    points: Object.fromEntries([...points].sort(([a], [b]) => (a < b ? -1 : 1))),
    findings: sortedFindings(found),
    brokeOff: parts.reduce((sum, part) => sum + part.brokeOff, 0),
    ...(firstBroken === undefined ? {} : { firstBroken }),
  };
}

function sortedFindings(found: ReadonlyMap<string, Found>): readonly Found[] {
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
