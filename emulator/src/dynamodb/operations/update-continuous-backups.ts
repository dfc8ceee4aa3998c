import type { Operation } from '../../service.ts';
import { describeRecovery } from '../recovery.ts';
import type { UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle({ TableName, PointInTimeRecoverySpecification: specification }, state, { world }) {
    const table = knownTable(state, TableName, 'TableNotFoundException');
    const days = specification.RecoveryPeriodInDays ?? table.recovery?.days ?? dynamodbQuotas.recoveryDaysMax;
    const sinceMs = table.recovery?.sinceMs ?? world.clock.epochMs();
    table.recovery = specification.PointInTimeRecoveryEnabled
      ? { sinceMs, days, changes: table.recovery?.changes ?? [] }
      : undefined;
    return { ContinuousBackupsDescription: describeRecovery(table, world) };
  },
} satisfies Operation<UpdateContinuousBackupsInput, UpdateContinuousBackupsOutput, DynamoState>;
