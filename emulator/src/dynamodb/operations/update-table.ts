import { AwsError } from '../../errors.ts';
import type { Operation, World } from '../../service.ts';
import { describeTable } from '../describe-table.ts';
import { changeEncryption } from '../encryption.ts';
import type {
  GlobalSecondaryIndexUpdate,
  StreamSpecification,
  UpdateTableInput,
  UpdateTableOutput,
} from '../generated/shapes.ts';
import { invalid, invalidParameter } from '../invalid.ts';
import type { KeyAttribute } from '../key-schema.ts';
import { addIndex, removeIndex, updateFor, updateIndex } from '../lifecycle.ts';
import { updateReplicas } from '../replicas.ts';
import { disableStream, enableStream } from '../stream-lifecycle.ts';
import { streamView } from '../stream-view.ts';
import type { DynamoState, Index, Table } from '../table.ts';
import { attributeTypes, checkThroughput, globalIndex, toThroughput } from '../table-definition.ts';
import { knownTable } from '../tables.ts';
import { refuseUnsupported } from '../../unsupported.ts';

const UNSUPPORTED = [
  'MultiRegionConsistency',
  'GlobalTableWitnessUpdates',
  'GlobalTableSettingsReplicationMode',
  'DisassociationProtectionEnabled',
  'VectorIndexUpdates',
];

export default {
  handle(input, state, { world }) {
    requireChange(input);
    refuseUnsupported(input, UNSUPPORTED);
    if (input.BillingMode === 'PAY_PER_REQUEST') checkThroughput('PAY_PER_REQUEST', input.ProvisionedThroughput);
    const table = knownTable(state, input.TableName);
    if (table.status !== 'ACTIVE') {
      throw new AwsError(
        'ResourceInUseException',
        `Attempt to change a resource which is still in use: Table is being updated: ${table.name}`,
      );
    }
    updateBilling(table, input, world);
    updateStream(state, table, input.StreamSpecification, world);
    updateIndexes(table, input, world);
    updateSettings(table, input, world);
    updateReplicas(table, input.ReplicaUpdates ?? [], world);
    updateFor(table, world);
    return { TableDescription: describeTable(table, { warm: true }) };
  },
} satisfies Operation<UpdateTableInput, UpdateTableOutput, DynamoState>;

/** Throws ValidationException where nothing is to be changed. */
function requireChange({ TableName: _, AttributeDefinitions: __, ...changes }: UpdateTableInput): void {
  if (Object.values(changes).some((change) => change !== undefined)) return;
  throw invalid(
    'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or ' +
      'SSESpecification or ReplicaUpdates is required',
  );
}

function updateBilling(
  table: Table,
  { BillingMode, ProvisionedThroughput: wire }: UpdateTableInput,
  world: World,
): void {
  if (BillingMode === 'PAY_PER_REQUEST') {
    if (table.billingMode !== 'PAY_PER_REQUEST') table.onDemandSinceMs = world.clock.epochMs();
    table.billingMode = 'PAY_PER_REQUEST';
    table.throughput = toThroughput(undefined);
    return;
  }
  if (BillingMode === 'PROVISIONED' && table.billingMode === 'PAY_PER_REQUEST') checkThroughput('PROVISIONED', wire);
  if (wire === undefined) return;
  if (BillingMode === undefined && table.billingMode === 'PAY_PER_REQUEST') checkThroughput('PAY_PER_REQUEST', wire);
  const throughput = toThroughput(wire);
  const { readUnits, writeUnits } = table.throughput;
  if (throughput.readUnits === readUnits && throughput.writeUnits === writeUnits) {
    throw invalid(
      `The provisioned throughput for the table will not change. The requested value equals the current value. ` +
        `Current ReadCapacityUnits provisioned for the table: ${readUnits}. Requested ReadCapacityUnits: ${readUnits}. ` +
        `Current WriteCapacityUnits provisioned for the table: ${writeUnits}. Requested WriteCapacityUnits: ${writeUnits}. ` +
        `Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
    );
  }
  if (throughput.readUnits < readUnits || throughput.writeUnits < writeUnits) table.throughputDecreases += 1;
  table.billingMode = 'PROVISIONED';
  table.throughput = throughput;
}

function updateStream(
  state: DynamoState,
  table: Table,
  specification: StreamSpecification | undefined,
  world: World,
): void {
  if (specification === undefined) return;
  const active = table.stream !== undefined && table.stream.status !== 'DISABLED';
  const view = streamView(specification);
  if (view === undefined) {
    if (!active) throw invalid('Table already has a disabled stream: ' + table.name);
    disableStream(state, table, world);
    return;
  }
  if (active)
    throw new AwsError('ResourceInUseException', `Table already has an enabled stream: TableName: ${table.name}`);
  enableStream(state, table, view, world);
}

function updateIndexes(table: Table, input: UpdateTableInput, world: World): void {
  const updates = input.GlobalSecondaryIndexUpdates;
  if (updates === undefined) return;
  const attributes = mergeAttributes(table.attributeDefinitions, attributeTypes(input.AttributeDefinitions ?? []));
  if (updates.filter(({ Create, Delete }) => Create !== undefined || Delete !== undefined).length > 1) {
    throw new AwsError(
      'LimitExceededException',
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
  for (const update of updates) applyIndexUpdate(table, attributes, update, world);
  table.attributeDefinitions = attributes;
}

function mergeAttributes(known: readonly KeyAttribute[], given: readonly KeyAttribute[]): readonly KeyAttribute[] {
  return [...known, ...given.filter(({ name }) => !known.some((attribute) => attribute.name === name))];
}

function applyIndexUpdate(
  table: Table,
  attributes: readonly KeyAttribute[],
  { Create, Update, Delete }: GlobalSecondaryIndexUpdate,
  world: World,
): void {
  if (Create !== undefined) {
    const index = globalIndex(Create, table.billingMode, attributes);
    if (table.indexes.has(index.name)) {
      throw invalid(`Attempting to create an index which already exists: ${index.name}`);
    }
    addIndex(table, index, world);
  }
  if (Update !== undefined) {
    const index = existingIndex(table, Update.IndexName);
    if (table.billingMode === 'PAY_PER_REQUEST' && Update.ProvisionedThroughput !== undefined) {
      throw invalidParameter(
        `ProvisionedThroughput should not be specified for index: ${index.name} when BillingMode is PAY_PER_REQUEST`,
      );
    }
    index.throughput = toThroughput(Update.ProvisionedThroughput);
    updateIndex(table, index, world);
  }
  if (Delete !== undefined) removeIndex(table, existingIndex(table, Delete.IndexName), world);
}

function existingIndex(table: Table, name: string): Index {
  const index = table.indexes.get(name);
  if (index === undefined || index.scope !== 'global') {
    throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  }
  return index;
}

function updateSettings(table: Table, input: UpdateTableInput, world: World): void {
  if (input.DeletionProtectionEnabled !== undefined) table.deletionProtection = input.DeletionProtectionEnabled;
  if (input.TableClass !== undefined) table.tableClass = input.TableClass;
  changeEncryption(table, input.SSESpecification, world);
  if (input.OnDemandThroughput !== undefined) table.onDemandThroughput = input.OnDemandThroughput;
  if (input.WarmThroughput !== undefined) {
    const { ReadUnitsPerSecond: readUnits = 0, WriteUnitsPerSecond: writeUnits = 0 } = input.WarmThroughput;
    table.warmThroughput = { readUnits, writeUnits };
  }
}
