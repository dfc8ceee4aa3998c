import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { knownBackup } from '../backups.ts';
import { describeTable } from '../describe-table.ts';
import type { RestoreTableFromBackupInput, RestoreTableFromBackupOutput } from '../generated/shapes.ts';
import { activateLater } from '../lifecycle.ts';
import { newTable } from '../new-table.ts';
import type { DynamoState } from '../table.ts';
import { checkedTableName } from '../table-names.ts';
import { write } from '../write.ts';

/** Indexes, streams, expiry and tags are not restored here; AWS restores the indexes, which are not kept in our backups. */
export default {
  handle({ TargetTableName, BackupArn }, state, { world }) {
    const backup = knownBackup(state, BackupArn);
    const name = checkedTableName(TargetTableName, { isNew: true });
    if (state.tables.has(name)) throw new AwsError('TableAlreadyExistsException', `Table already exists: ${name}`);
    const { keySchema, attributeDefinitions, billingMode, throughput } = backup.table;
    const table = newTable(
      name,
      { attributes: attributeDefinitions, keySchema, billingMode, throughput, indexes: [] },
      {},
      world,
    );
    state.tables.set(name, table);
    for (const { item } of backup.items) write(table, { key: item, after: item }, world);
    activateLater(table, world);
    return { TableDescription: describeTable(table, { warm: false }) };
  },
} satisfies Operation<RestoreTableFromBackupInput, RestoreTableFromBackupOutput, DynamoState>;
