import type { Operation } from '../../service.ts';
import { knownBackup } from '../backups.ts';
import { describeTable } from '../describe-table.ts';
import type { RestoreTableFromBackupInput, RestoreTableFromBackupOutput } from '../generated/shapes.ts';
import { restoreTable } from '../restore-table.ts';
import type { DynamoState } from '../table.ts';

export default {
  handle(input, state, { world }) {
    const { table: definition, items } = knownBackup(state, input.BackupArn);
    const table = restoreTable(state, input, { definition, items }, world);
    return { TableDescription: describeTable(table, { warm: false }) };
  },
} satisfies Operation<RestoreTableFromBackupInput, RestoreTableFromBackupOutput, DynamoState>;
