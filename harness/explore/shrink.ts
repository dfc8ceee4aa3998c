import type { Choice } from '#core';
import { play } from './trial.ts';
import type { Finding, Subject, Trial } from './trial.ts';

export interface Shrunk {
  readonly trial: Trial;
  readonly finding: Finding;
  readonly parameters: unknown;
  /** Schedules that were played on the way. */
  readonly tried: number;
}

const trialsMax = 2_000;

/**
 * Makes a failing trial smaller while it keeps showing the same kind of anomaly of the same row: first fewer choices,
 * then smaller parameters, then fewer choices again. Ends by itself, at the latest after `trialsMax` trials.
 */
export async function shrink(
  subject: Subject,
  { trial, finding, parameters }: { readonly trial: Trial; readonly finding: Finding; readonly parameters: unknown },
  { signal }: { readonly signal: AbortSignal },
): Promise<Shrunk> {
  let best: Shrunk = { trial, finding, parameters, tried: 0 };
  let tried = 0;

  /** Takes the attempt where it still fails in the same way. */
  async function attempt(choices: readonly Choice[], candidate: unknown): Promise<boolean> {
    if (tried >= trialsMax) return false;
    tried += 1;
    const next = await play(subject, { seed: 0, replay: choices, parameters: candidate }, { signal });
    const same = next.findings.find((other) => isSameKind(other, finding));
    if (same === undefined) return false;
    best = { trial: next, finding: same, parameters: candidate, tried };
    return true;
  }

  async function fewerChoices(): Promise<void> {
    for (let size = Math.ceil(best.trial.choices.length / 2); size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < best.trial.choices.length;) {
        const { choices } = best.trial;
        const rest = [...choices.slice(0, from), ...choices.slice(from + size)];
        if (!(await attempt(rest, best.parameters))) from += size;
      }
    }
  }

  async function smallerParameters(): Promise<void> {
    for (let progress = true; progress;) {
      progress = false;
      for (const candidate of smaller(best.parameters)) {
        if (await attempt(best.trial.choices, candidate)) {
          progress = true;
          break;
        }
      }
    }
  }

  await fewerChoices();
  await smallerParameters();
  await fewerChoices();
  return { ...best, tried };
}

function isSameKind(one: Finding, other: Finding): boolean {
  return one.row === other.row && one.checker === other.checker && one.anomaly.kind === other.anomaly.kind;
}

/** The same parameters with one whole number smaller: 1, half, one less. Texts and booleans stay. */
export function smaller(parameters: unknown): readonly unknown[] {
  if (typeof parameters === 'number' && Number.isInteger(parameters) && parameters > 1) {
    return [...new Set([1, Math.floor(parameters / 2), parameters - 1])];
  }
  if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters)) return [];
  return Object.entries(parameters).flatMap(([name, value]) =>
    smaller(value).map((candidate) => ({ ...parameters, [name]: candidate })),
  );
}
