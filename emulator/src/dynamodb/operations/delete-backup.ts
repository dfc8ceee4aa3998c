import type { Operation } from '../../service.ts';
import { describeBackupFully, knownBackup } from '../backups.ts';
import type { DeleteBackupInput, DeleteBackupOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';

export default {
  handle({ BackupArn }, state) {
    const backup = knownBackup(state, BackupArn);
    state.backups.delete(BackupArn);
    return { BackupDescription: describeBackupFully(backup, 'DELETED') };
  },
} satisfies Operation<DeleteBackupInput, DeleteBackupOutput, DynamoState>;
