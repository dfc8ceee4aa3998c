import type { Operation } from '../../service.ts';
import { describeBackupFully, knownBackup } from '../backups.ts';
import type { DescribeBackupInput, DescribeBackupOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';

export default {
  handle: ({ BackupArn }, state) => ({ BackupDescription: describeBackupFully(knownBackup(state, BackupArn)) }),
} satisfies Operation<DescribeBackupInput, DescribeBackupOutput, DynamoState>;
