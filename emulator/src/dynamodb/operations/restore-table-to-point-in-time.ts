import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { describeTable } from '../describe-table.ts';
import type { RestoreTableToPointInTimeInput, RestoreTableToPointInTimeOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { itemsAt, restorable } from '../recovery.ts';
import { restoreTable } from '../restore-table.ts';
import type { DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';
import { refuseUnsupported } from '../../unsupported.ts';

export default {
  handle(input, state, { world }) {
    refuseUnsupported(input, ['SourceTableArn']);
    if (input.SourceTableName === undefined) throw invalid('SourceTableName or SourceTableArn must be provided');
    const source = knownTable(state, input.SourceTableName, 'TableNotFoundException');
    const { recovery } = source;
    if (recovery === undefined) {
      throw new AwsError(
        'PointInTimeRecoveryUnavailableException',
        `Point in time recovery is not enabled for table '${source.name}'`,
      );
    }
    const { earliestMs, latestMs } = restorable(recovery, world);
    const atMs = input.UseLatestRestorableTime === true ? latestMs : input.RestoreDateTime?.getTime();
    if (atMs === undefined) throw invalid('RestoreDateTime or UseLatestRestorableTime must be provided');
    if (atMs < earliestMs || atMs > latestMs) {
      throw new AwsError(
        'InvalidRestoreTimeException',
        'The specified RestoreDateTime is not between the earliest and the latest restorable time',
      );
    }
    const definition = { ...source, indexes: [...source.indexes.values()] };
    const table = restoreTable(state, input, { definition, items: itemsAt(source, recovery, atMs) }, world);
    return { TableDescription: describeTable(table, { warm: false }) };
  },
} satisfies Operation<RestoreTableToPointInTimeInput, RestoreTableToPointInTimeOutput, DynamoState>;
