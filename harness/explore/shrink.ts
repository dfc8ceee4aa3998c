import type { Choice, History } from '#core';
import { findingKey } from './explore.ts';
import { earlier, smaller } from './smaller.ts';
import { play } from './trial.ts';
import type { Finding, Subject, Trial } from './trial.ts';

/** What a trial is played with. */
export interface Play {
  readonly choices: readonly Choice[];
  readonly parameters: unknown;
  /** Calls of the act that are left out, as the recorder names them. */
  readonly without: readonly string[];
}

export interface Shrunk {
  readonly trial: Trial;
  readonly finding: Finding;
  readonly parameters: unknown;
  readonly without: readonly string[];
  /** Schedules that were played on the way. */
  readonly tried: number;
  /** No single step makes it smaller; else the limit of schedules ended the shrinking. */
  readonly isMinimal: boolean;
}

const trialsMax = 4_000;

/**
 * Makes a failing trial smaller while the same checker shows the same kind of anomaly of the same row by the same
 * kind of events: fewer choices, smaller
 * parameters, choices that fall earlier, fewer calls of the act; again until none of these steps is left. Each step makes
 * one of four measures smaller and none larger, so that it ends by itself, at the latest after `trialsMax` trials.
 */
export async function shrink(
  subject: Subject,
  { trial, finding, parameters }: { readonly trial: Trial; readonly finding: Finding; readonly parameters: unknown },
  { signal }: { readonly signal: AbortSignal },
): Promise<Shrunk> {
  let best = { trial, finding, parameters, without: [] as readonly string[] };
  let tried = 0;

  /** Takes the change where the anomaly stays. */
  async function attempt(change: Partial<Play>): Promise<boolean> {
    if (tried >= trialsMax) return false;
    tried += 1;
    const { choices, ...rest } = {
      choices: best.trial.choices,
      parameters: best.parameters,
      without: best.without,
      ...change,
    };
    const next = await play(subject, { seed: 0, replay: choices, ...rest }, { signal });
    if (operationsOf(next.history) > operationsOf(best.trial.history)) return false;
    if (next.failure !== undefined && best.trial.failure === undefined) return false;
    const same = next.findings.find((other) => isSame(other, finding));
    if (same === undefined) return false;
    best = { ...rest, trial: next, finding: same };
    return true;
  }

  async function attemptOne(changes: readonly Partial<Play>[]): Promise<boolean> {
    for (const change of changes) if (await attempt(change)) return true;
    return false;
  }

  /** Leaves out ever smaller stretches of what `list` gives now, by the first of the changes that keeps the anomaly. */
  async function fewer<T>(list: () => readonly T[], changes: (left: readonly T[]) => readonly Partial<Play>[]) {
    let progress = false;
    for (let size = Math.ceil(list().length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < list().length;) {
        if (await attemptOne(changes(list().slice(from, from + size)))) progress = true;
        else from += size;
      }
    }
    return progress;
  }

  async function descend(changes: () => readonly Partial<Play>[]): Promise<boolean> {
    let progress = false;
    while (await attemptOne(changes())) progress = true;
    return progress;
  }

  const passes = [
    () =>
      fewer(
        () => best.trial.choices,
        (left) => [{ choices: best.trial.choices.filter((choice) => !left.includes(choice)) }],
      ),
    () => descend(() => smaller(best.parameters).map((candidate) => ({ parameters: candidate }))),
    () => descend(() => earlierOf(best.trial.choices).map((choices) => ({ choices }))),
    () =>
      fewer(
        () => callsOf(best),
        (left) => withoutCalls(best, left),
      ),
  ];
  for (let progress = true; progress;) {
    progress = false;
    for (const pass of passes) if (await pass()) progress = true;
  }
  return { ...best, without: best.without.toSorted(), tried, isMinimal: tried < trialsMax };
}

/** Calls of the application; opening a session is none. */
export function operationsOf({ events }: Pick<History, 'events'>): number {
  return events.filter(({ kind }) => kind === 'invoke').length;
}

function isSame(one: Finding, other: Finding): boolean {
  return findingKey(one) === findingKey(other) && one.signature === other.signature;
}

/** The choices, one of them earlier. */
function earlierOf(choices: readonly Choice[]): readonly (readonly Choice[])[] {
  return choices.flatMap((choice, index) => earlier(choice).map((moved) => choices.with(index, moved)));
}

/** Calls left out, with the choices as they are or one of them earlier, since later requests then have other ordinals. */
function withoutCalls(
  { trial: { choices }, without }: { readonly trial: Trial; readonly without: readonly string[] },
  left: readonly string[],
): readonly Partial<Play>[] {
  const fewer = { without: [...without, ...left] };
  return [fewer, ...earlierOf(choices).map((moved) => ({ ...fewer, choices: moved }))];
}

/** The names of the calls that were made, as the recorder gives them: last first, since later ones depend on earlier. */
function callsOf({
  trial,
  without,
}: {
  readonly trial: Trial;
  readonly without: readonly string[];
}): readonly string[] {
  const leftOut = new Set(without);
  const next = new Map<string, number>();
  const names: string[] = [];
  for (const event of trial.history.events) {
    if (event.kind !== 'invoke') continue;
    let place = next.get(event.session) ?? 0;
    while (leftOut.has(`${event.session}#${place}`)) place += 1;
    next.set(event.session, place + 1);
    names.push(`${event.session}#${place}`);
  }
  return names.toReversed();
}
