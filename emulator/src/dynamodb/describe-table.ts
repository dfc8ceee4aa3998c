import type {
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  LocalSecondaryIndexDescription,
  ProvisionedThroughputDescription,
  TableDescription,
} from './generated/shapes.ts';
import type { KeySchema } from './key-schema.ts';
import type { Index, Projection, Table, Throughput } from './table.ts';

/**
 * What a table that pays per request can bear at once when it is new.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
const ON_DEMAND_WARM: Throughput = { readUnits: 12_000, writeUnits: 4000 };

/** A table as CreateTable answers it; `warm` adds what UpdateTable and DescribeTable show beside: recorded. */
export function describeTable(table: Table, { warm }: { readonly warm: boolean }): TableDescription {
  const indexes = [...table.indexes.values()];
  const local = indexes.filter(({ scope }) => scope === 'local').map((index) => describeLocal(table, index));
  const global = indexes.filter(({ scope }) => scope === 'global').map((index) => describeGlobal(table, index, warm));
  return {
    ...describeCore(table),
    AttributeDefinitions: table.attributeDefinitions.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: describeKeys(table.keySchema),
    CreationDateTime: new Date(table.createdAtMs),
    ...billing(table),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...streamOf(table),
    ...(table.encryption && {
      SSEDescription: { Status: table.encryption.status, SSEType: 'KMS', KMSMasterKeyArn: table.encryption.keyArn },
    }),
    ...(table.tableClass !== undefined && { TableClassSummary: { TableClass: table.tableClass } }),
    ...(table.onDemandThroughput && { OnDemandThroughput: table.onDemandThroughput }),
    ...warmThroughput(table, warm),
    ...(table.replicas.size > 0 && {
      GlobalTableVersion: '2019.11.21',
      Replicas: [...table.replicas].map((region) => ({ RegionName: region, ReplicaStatus: 'ACTIVE' })),
    }),
  };
}

/** What DeleteTable still says. */
export function describeCore(table: Table): TableDescription {
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.id,
    TableStatus: table.status,
    TableSizeBytes: table.bytes,
    ItemCount: table.items.size,
    ProvisionedThroughput: describeThroughput(table.throughput, table.throughputDecreases),
    DeletionProtectionEnabled: table.deletionProtection,
  };
}

function describeThroughput(
  { readUnits, writeUnits }: Throughput,
  decreases: number,
): ProvisionedThroughputDescription {
  return { NumberOfDecreasesToday: decreases, ReadCapacityUnits: readUnits, WriteCapacityUnits: writeUnits };
}

/** A table that was always provisioned does not mention it, as recorded. */
function billing({ billingMode, onDemandSinceMs, status }: Table): TableDescription {
  if (billingMode === 'PROVISIONED' && onDemandSinceMs === undefined) return {};
  const since = status === 'CREATING' || onDemandSinceMs === undefined ? undefined : new Date(onDemandSinceMs);
  return {
    BillingModeSummary: { BillingMode: billingMode, ...(since && { LastUpdateToPayPerRequestDateTime: since }) },
  };
}

function streamOf({ stream }: Table): TableDescription {
  if (stream === undefined) return {};
  const enabled = stream.status === 'ENABLED' || stream.status === 'ENABLING';
  return {
    ...(enabled && { StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view } }),
    LatestStreamArn: stream.arn,
    LatestStreamLabel: stream.label,
  };
}

/** CreateTable shows it only where it was asked for, as recorded. */
function warmThroughput(table: Table, warm: boolean): TableDescription {
  if (table.warmThroughput === undefined && !warm) return {};
  return { WarmThroughput: describeWarm(table, table, table.status) };
}

function describeWarm(
  table: Table,
  { throughput, warmThroughput }: Pick<Table, 'throughput' | 'warmThroughput'>,
  status: string,
): TableDescription['WarmThroughput'] {
  const { readUnits, writeUnits } =
    warmThroughput ?? (table.billingMode === 'PAY_PER_REQUEST' ? ON_DEMAND_WARM : throughput);
  const settled = status === 'ACTIVE' || warmThroughput === undefined;
  return { ReadUnitsPerSecond: readUnits, WriteUnitsPerSecond: writeUnits, Status: settled ? 'ACTIVE' : 'UPDATING' };
}

function describeIndex(table: Table, index: Index): LocalSecondaryIndexDescription {
  return {
    IndexName: index.name,
    IndexArn: `${table.arn}/index/${index.name}`,
    IndexSizeBytes: index.bytes,
    ItemCount: index.entries.size,
    KeySchema: describeKeys(index.keySchema),
    Projection: describeProjection(index.projection),
  };
}

function describeLocal(table: Table, index: Index): LocalSecondaryIndexDescription {
  return describeIndex(table, index);
}

function describeGlobal(table: Table, index: Index, warm: boolean): GlobalSecondaryIndexDescription {
  return {
    ...describeIndex(table, index),
    IndexStatus: index.status,
    ...(index.backfilling && { Backfilling: true }),
    ProvisionedThroughput: describeThroughput(index.throughput, 0),
    ...((warm || index.warmThroughput !== undefined) && { WarmThroughput: describeWarm(table, index, index.status) }),
  };
}

export function describeKeys({ hash, range }: KeySchema): readonly KeySchemaElement[] {
  const first = { AttributeName: hash.name, KeyType: 'HASH' };
  return range === undefined ? [first] : [first, { AttributeName: range.name, KeyType: 'RANGE' }];
}

function describeProjection({ type, nonKeyAttributes }: Projection): LocalSecondaryIndexDescription['Projection'] {
  return { ProjectionType: type, ...(type === 'INCLUDE' && { NonKeyAttributes: [...nonKeyAttributes] }) };
}
