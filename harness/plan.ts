import type { Row } from '#core';
import type { LoadedScenario } from './load.ts';

/** Row × target × profile, decided before anything runs. */
export interface PlannedCell {
  /** `QG-001/embedded/exact`; for NATS `QG-001/nats/nats`. */
  readonly id: string;
  readonly row: Row;
  readonly target: string;
  readonly profile: string;
  /** Decided here: the cell is not run, needs no entry in a baseline, and leaves the exit code alone. */
  readonly plannedNotRun?: string;
  /** What the row needs here and the target's installation was probed to lack, in the target's own words. */
  readonly lacking?: string;
  /** The system is not there: the cell is not run, and the exit code says so. */
  readonly missing?: string;
}

/** Where cells can be played. */
export interface Place {
  readonly name: string;
  readonly time: 'virtual' | 'real';
  readonly profiles: readonly string[];
  /** What the installation lacks of what the row needs in the profile, in its own words. */
  readonly lacks?: (row: Row, profile: string) => string | undefined;
  /** Why nothing can be played there. */
  readonly missing?: string;
}

/** Longer than this in real time on AWS, and a row is left to the virtual clock. */
export const realTimeMaxMs = 60_000;

/** The cells of one scenario: NATS first, which is the reference of the others. */
export function planCells(
  { scenario }: LoadedScenario,
  { nats, aws }: { readonly nats: Place; readonly aws: Place },
): readonly PlannedCell[] {
  const cells: PlannedCell[] = [];
  for (const place of [nats, aws]) {
    const missing = nats.missing ?? place.missing;
    const needsMs = scenario.needsMs ?? 0;
    const long =
      place === aws && place.time === 'real' && needsMs > realTimeMaxMs
        ? `needs ${needsMs / 1000} s of real time, more than the ${realTimeMaxMs / 1000} s that a cell may take`
        : undefined;
    for (const profile of place.profiles) {
      for (const row of scenario.rows) {
        const lacking = place.lacks?.(row, profile);
        cells.push({
          id: `${row.id}/${place.name}/${profile}`,
          row,
          target: place.name,
          profile,
          ...(long === undefined ? {} : { plannedNotRun: long }),
          ...(lacking === undefined ? {} : { lacking }),
          ...(missing === undefined ? {} : { missing }),
        });
      }
    }
  }
  return cells;
}
