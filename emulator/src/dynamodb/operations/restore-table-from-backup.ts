import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { knownBackup } from '../backups.ts';
import { describeTable } from '../describe-table.ts';
import type { RestoreTableFromBackupInput, RestoreTableFromBackupOutput } from '../generated/shapes.ts';
import { activateLater } from '../lifecycle.ts';
import { emptyIndex, newTable } from '../new-table.ts';
import type { DynamoState } from '../table.ts';
import { checkedTableName } from '../table-names.ts';
import { refuseUnsupported } from '../unsupported.ts';
import { write } from '../write.ts';

const UNSUPPORTED = [
  'BillingModeOverride',
  'GlobalSecondaryIndexOverride',
  'LocalSecondaryIndexOverride',
  'ProvisionedThroughputOverride',
  'OnDemandThroughputOverride',
  'SSESpecificationOverride',
];

/** As on AWS streams, expiry, tags and policies have to be set up again. */
export default {
  handle(input, state, { world }) {
    refuseUnsupported(input, UNSUPPORTED);
    const { TargetTableName, BackupArn } = input;
    const backup = knownBackup(state, BackupArn);
    const name = checkedTableName(TargetTableName, { isNew: true });
    if (state.tables.has(name)) throw new AwsError('TableAlreadyExistsException', `Table already exists: ${name}`);
    const { keySchema, attributeDefinitions, billingMode, throughput, indexes } = backup.table;
    const table = newTable(
      name,
      { attributes: attributeDefinitions, keySchema, billingMode, throughput, indexes: indexes.map(emptyIndex) },
      {},
      world,
    );
    state.tables.set(name, table);
    for (const { item } of backup.items) write(table, { key: item, after: item }, world);
    activateLater(table, world);
    return { TableDescription: describeTable(table, { warm: false }) };
  },
} satisfies Operation<RestoreTableFromBackupInput, RestoreTableFromBackupOutput, DynamoState>;
