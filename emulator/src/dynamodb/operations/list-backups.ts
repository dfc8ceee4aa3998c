import type { Operation } from '../../service.ts';
import type { ListBackupsInput, ListBackupsOutput } from '../generated/shapes.ts';
import type { Backup, DynamoState } from '../table.ts';
import { checkedTableName } from '../table-names.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle(input, state) {
    const name = input.TableName === undefined ? undefined : checkedTableName(input.TableName);
    const lower = input.TimeRangeLowerBound?.getTime() ?? 0;
    const upper = input.TimeRangeUpperBound?.getTime() ?? Infinity;
    const matching = [...state.backups.values()]
      .filter(
        ({ table, createdAtMs }) =>
          (name === undefined || table.name === name) && createdAtMs >= lower && createdAtMs < upper,
      )
      .toSorted((one, two) => (one.arn < two.arn ? -1 : 1));
    const rest = matching.filter(({ arn }) => arn > (input.ExclusiveStartBackupArn ?? ''));
    const page = rest.slice(0, input.Limit ?? dynamodbQuotas.backupsListedMax);
    const last = page.at(-1);
    return {
      BackupSummaries: page.map(summary),
      ...(rest.length > page.length && last && { LastEvaluatedBackupArn: last.arn }),
    };
  },
} satisfies Operation<ListBackupsInput, ListBackupsOutput, DynamoState>;

function summary({
  arn,
  name,
  createdAtMs,
  bytes,
  table,
}: Backup): NonNullable<ListBackupsOutput['BackupSummaries']>[number] {
  return {
    TableName: table.name,
    TableId: table.id,
    TableArn: table.arn,
    BackupArn: arn,
    BackupName: name,
    BackupCreationDateTime: new Date(createdAtMs),
    BackupStatus: 'AVAILABLE',
    BackupType: 'USER',
    BackupSizeBytes: bytes,
  };
}
