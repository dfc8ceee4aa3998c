import type { World } from '../service.ts';
import type { ContinuousBackupsDescription } from './generated/shapes.ts';
import type { Recovery, StoredItem, Table } from './table.ts';
import { dynamodbQuotas } from '../quotas.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Continuous backups are on for every table; what can be switched is recovery to a point in time. */
export function describeRecovery({ recovery }: Table, world: World): ContinuousBackupsDescription {
  if (recovery === undefined) {
    return {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
  }
  const { earliestMs, latestMs } = restorable(recovery, world);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: new Date(earliestMs),
      LatestRestorableDateTime: new Date(latestMs),
    },
  };
}

/** Between which moments the table can be restored as it was. */
export function restorable(
  { sinceMs, days }: Recovery,
  world: World,
): { readonly earliestMs: number; readonly latestMs: number } {
  const nowMs = world.clock.epochMs();
  const earliestMs = Math.max(sinceMs, nowMs - days * DAY_MS);
  return { earliestMs, latestMs: Math.max(earliestMs, nowMs - dynamodbQuotas.recoveryLagMs) };
}

/** Keeps what a write replaced for as long as it can be asked for. */
export function logChange(
  { changes, days }: Recovery,
  change: { readonly position: string; readonly before: StoredItem | undefined },
  world: World,
): void {
  const nowMs = world.clock.epochMs();
  const kept = changes.findIndex(({ atMs }) => atMs >= nowMs - days * DAY_MS);
  if (kept !== 0) changes.splice(0, kept === -1 ? changes.length : kept);
  changes.push({ ...change, atMs: nowMs });
}

/** The items as they were: today's, with every later change undone, the latest first. */
export function itemsAt({ items }: Table, { changes }: Recovery, atMs: number): readonly StoredItem[] {
  const then = new Map<string, StoredItem | undefined>(items.entries({ from: '' }));
  for (const change of changes.toReversed()) {
    if (change.atMs <= atMs) break;
    then.set(change.position, change.before);
  }
  return [...then.values()].flatMap((stored) => stored ?? []);
}
