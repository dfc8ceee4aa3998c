import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { activateLater } from './lifecycle.ts';
import { emptyIndex, newTable } from './new-table.ts';
import type { Backup, DynamoState, StoredItem, Table } from './table.ts';
import { checkedTableName } from './table-names.ts';
import { refuseUnsupported } from '../unsupported.ts';
import { write } from './write.ts';

const UNSUPPORTED = [
  'BillingModeOverride',
  'GlobalSecondaryIndexOverride',
  'LocalSecondaryIndexOverride',
  'ProvisionedThroughputOverride',
  'OnDemandThroughputOverride',
  'SSESpecificationOverride',
];

/**
 * A new table with what another held. As on AWS streams, expiry, tags and policies have to be set up again. Throws
 * TableAlreadyExistsException.
 */
export function restoreTable(
  state: DynamoState,
  request: { readonly TargetTableName: string },
  {
    definition,
    items,
  }: { readonly definition: Omit<Backup['table'], 'itemCount'>; readonly items: readonly StoredItem[] },
  world: World,
): Table {
  refuseUnsupported(request, UNSUPPORTED);
  const name = checkedTableName(request.TargetTableName, { isNew: true });
  if (state.tables.has(name)) throw new AwsError('TableAlreadyExistsException', `Table already exists: ${name}`);
  const { keySchema, attributeDefinitions, billingMode, throughput } = definition;
  const indexes = definition.indexes.map(emptyIndex);
  const table = newTable(
    name,
    { attributes: attributeDefinitions, keySchema, billingMode, throughput, indexes },
    {},
    world,
  );
  state.tables.set(name, table);
  for (const { item } of items) write(table, { key: item, after: item }, world);
  activateLater(table, world);
  return table;
}
