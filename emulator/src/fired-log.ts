import type { Choice, ChoiceLog } from './choices.ts';
import type { Clock } from './clock.ts';
import { permissions } from './permissions/index.ts';
import type { PermissionId } from './permissions/index.ts';

/** A choice that was not friendly, and when it fell. */
export interface FiredChoice extends Choice {
  /** Epoch milliseconds on the world's clock. */
  readonly atMs: number;
}

export interface FiredLog extends ChoiceLog {
  /** The last of them. */
  readonly recent: () => readonly FiredChoice[];
  /** How often each point fired since the start. */
  readonly counts: () => Readonly<Partial<Record<PermissionId, number>>>;
}

/** Keeps the last `entriesMax` choices of a world that may run for days; `tell` hears of each as it falls. */
export function createFiredLog({
  clock,
  entriesMax,
  tell,
}: {
  readonly clock: Clock;
  readonly entriesMax: number;
  readonly tell?: ((choice: FiredChoice) => void) | undefined;
}): FiredLog {
  const counts: Partial<Record<PermissionId, number>> = {};
  let entries: FiredChoice[] = [];
  const recent = (): readonly FiredChoice[] => entries.slice(-entriesMax);
  return {
    record: (choice) => {
      const fired = { ...choice, atMs: clock.epochMs() };
      counts[choice.point] = (counts[choice.point] ?? 0) + 1;
      // Shortened now and then, so that a choice costs no more for the length of the list.
      if (entries.length >= 2 * entriesMax) entries = entries.slice(-entriesMax);
      entries.push(fired);
      tell?.(fired);
    },
    choices: recent,
    recent,
    counts: () => counts,
  };
}

/** One line of a log: when, which point, on what, whose, and the sentence that permits it. */
export function firedLine(accountId: string, { point, key, option, atMs }: FiredChoice): string {
  const { sentence, page } = permissions[point];
  return `${new Date(atMs).toISOString()} ${point} option ${option} on '${key}' of ${accountId}: ${sentence} (${page})`;
}
