import type { World } from '../service.ts';
import type { ContinuousBackupsDescription } from './generated/shapes.ts';
import type { Table } from './table.ts';
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
  const nowMs = world.clock.epochMs();
  const earliestMs = Math.max(recovery.sinceMs, nowMs - recovery.days * DAY_MS);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: new Date(earliestMs),
      LatestRestorableDateTime: new Date(Math.max(earliestMs, nowMs - dynamodbQuotas.recoveryLagMs)),
    },
  };
}
