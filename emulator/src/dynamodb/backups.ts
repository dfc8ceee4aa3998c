import { AwsError } from '../errors.ts';
import { describeKeys } from './describe-table.ts';
import type { BackupDescription, BackupDetails } from './generated/shapes.ts';
import type { Backup, DynamoState } from './table.ts';

/** Throws BackupNotFoundException. */
export function knownBackup(state: DynamoState, arn: string): Backup {
  const backup = state.backups.get(arn);
  if (backup === undefined) throw new AwsError('BackupNotFoundException', `Backup not found: ${arn}`);
  return backup;
}

export function describeBackup({ arn, name, createdAtMs, bytes }: Backup, status = 'AVAILABLE'): BackupDetails {
  return {
    BackupArn: arn,
    BackupName: name,
    BackupSizeBytes: bytes,
    BackupStatus: status,
    BackupType: 'USER',
    BackupCreationDateTime: new Date(createdAtMs),
  };
}

/** With the table as it was. */
export function describeBackupFully(backup: Backup, status = 'AVAILABLE'): BackupDescription {
  const { table } = backup;
  return {
    BackupDetails: describeBackup(backup, status),
    SourceTableDetails: {
      TableName: table.name,
      TableId: table.id,
      TableArn: table.arn,
      TableSizeBytes: table.bytes,
      KeySchema: describeKeys(table.keySchema),
      TableCreationDateTime: new Date(table.createdAtMs),
      ProvisionedThroughput: {
        ReadCapacityUnits: table.throughput.readUnits,
        WriteCapacityUnits: table.throughput.writeUnits,
      },
      ItemCount: table.itemCount,
      BillingMode: table.billingMode,
    },
    SourceTableFeatureDetails: {},
  };
}
