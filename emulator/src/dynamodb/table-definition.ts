import type {
  AttributeDefinition,
  CreateTableInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
  Projection as WireProjection,
  ProvisionedThroughput,
} from './generated/shapes.ts';
import { AwsError } from '../errors.ts';
import { invalid, invalidParameter } from './invalid.ts';
import type { KeyAttribute, KeySchema } from './key-schema.ts';
import { keyAttributes } from './key-schema.ts';
import { sortedMap } from './sorted-map.ts';
import type { Index, Projection, Table, Throughput } from './table.ts';
import { dynamodbQuotas } from '../quotas.ts';

export type BillingMode = Table['billingMode'];

/** What a table is to be, checked. */
export interface TableDefinition {
  readonly attributes: readonly KeyAttribute[];
  readonly keySchema: KeySchema;
  readonly billingMode: BillingMode;
  readonly throughput: Throughput;
  readonly indexes: readonly Index[];
}

/** Throws ValidationException where keys, indexes, attributes and billing do not fit together. */
export function tableDefinition(input: CreateTableInput): TableDefinition {
  const { AttributeDefinitions = [], KeySchema = [], LocalSecondaryIndexes, GlobalSecondaryIndexes } = input;
  const billingMode = input.BillingMode === 'PAY_PER_REQUEST' ? 'PAY_PER_REQUEST' : 'PROVISIONED';
  checkThroughput(billingMode, input.ProvisionedThroughput);
  const attributes = attributeTypes(AttributeDefinitions);
  const keySchema = parseKeySchema(KeySchema, attributes);
  checkIndexLists(keySchema, LocalSecondaryIndexes, GlobalSecondaryIndexes);
  const local = (LocalSecondaryIndexes ?? []).map((index) => localIndex(index, keySchema, attributes));
  const global = (GlobalSecondaryIndexes ?? []).map((index) => globalIndex(index, billingMode, attributes));
  const indexes = [...local, ...global];
  refuseSameNames(indexes);
  checkUse(attributes, keySchema, indexes);
  return { attributes, keySchema, billingMode, throughput: toThroughput(input.ProvisionedThroughput), indexes };
}

export function toThroughput(wire: ProvisionedThroughput | undefined): Throughput {
  return { readUnits: wire?.ReadCapacityUnits ?? 0, writeUnits: wire?.WriteCapacityUnits ?? 0 };
}

/** Throws ValidationException where throughput is missing, or given to a table that pays per request. */
export function checkThroughput(billingMode: BillingMode, throughput: ProvisionedThroughput | undefined): void {
  if (billingMode === 'PAY_PER_REQUEST' && throughput !== undefined) {
    throw invalidParameter(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (billingMode === 'PROVISIONED' && throughput === undefined) {
    throw invalidParameter(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
}

export function attributeTypes(definitions: readonly AttributeDefinition[]): readonly KeyAttribute[] {
  return definitions.map(({ AttributeName: name, AttributeType: type }) => ({
    name,
    type: type === 'N' ? 'N' : type === 'B' ? 'B' : 'S',
  }));
}

/** Throws ValidationException where it is not a defined HASH key and perhaps a defined RANGE key behind it. */
export function parseKeySchema(elements: readonly KeySchemaElement[], attributes: readonly KeyAttribute[]): KeySchema {
  const [first, second] = elements;
  const undefinedKeys = elements.filter(({ AttributeName }) => !attributes.some(({ name }) => name === AttributeName));
  // The first of these answers is what a table's key with fewer definitions than elements was seen to get.
  if (elements.length > attributes.length)
    throw invalid('Invalid KeySchema: Some index key attribute have no definition');
  if (first === undefined || undefinedKeys.length > 0) {
    const keys = `Keys: [${elements.map(({ AttributeName }) => AttributeName).join(', ')}]`;
    const defined = `AttributeDefinitions: [${attributes.map(({ name }) => name).join(', ')}]`;
    throw invalidParameter(`Some index key attributes are not defined in AttributeDefinitions. ${keys}, ${defined}`);
  }
  if (first.KeyType !== 'HASH') {
    throw invalid('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  const hash = definitionOf(first.AttributeName, attributes);
  if (second === undefined) return { hash };
  if (second.AttributeName === first.AttributeName) {
    throw invalid('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (second.KeyType !== 'RANGE') {
    throw invalid('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  return { hash, range: definitionOf(second.AttributeName, attributes) };
}

function definitionOf(wanted: string, attributes: readonly KeyAttribute[]): KeyAttribute {
  return attributes.find(({ name }) => name === wanted) ?? { name: wanted, type: 'S' };
}

function checkIndexLists(
  keySchema: KeySchema,
  local: CreateTableInput['LocalSecondaryIndexes'],
  global: CreateTableInput['GlobalSecondaryIndexes'],
): void {
  if (local !== undefined) {
    if (local.length === 0) throw invalidParameter('List of LocalSecondaryIndexes is empty');
    if (keySchema.range === undefined) {
      throw invalidParameter(
        'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
      );
    }
    if (local.length > dynamodbQuotas.localIndexesMax) {
      throw invalidParameter(
        `Number of LocalSecondaryIndexes exceeds per-table limit of ${dynamodbQuotas.localIndexesMax}`,
      );
    }
  }
  if (global === undefined) return;
  if (global.length === 0) throw invalidParameter('List of GlobalSecondaryIndexes is empty');
  if (global.length > dynamodbQuotas.globalIndexesMax) {
    throw invalidParameter(
      `GlobalSecondaryIndex count exceeds the per-table limit of ${dynamodbQuotas.globalIndexesMax}`,
    );
  }
}

function localIndex(index: LocalSecondaryIndex, table: KeySchema, attributes: readonly KeyAttribute[]): Index {
  const { IndexName: name } = index;
  const keySchema = parseKeySchema(index.KeySchema, attributes);
  if (keySchema.hash.name !== table.hash.name) {
    throw invalidParameter(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. ` +
        `index hash key: ${keySchema.hash.name}, table hash key: ${table.hash.name}`,
    );
  }
  if (keySchema.range === undefined)
    throw invalidParameter(`Index KeySchema does not have a range key for index: ${name}`);
  const projection = parseProjection(name, index.Projection);
  return newIndex({ name, scope: 'local', keySchema, projection, throughput: toThroughput(undefined) });
}

/** Throws ValidationException where the index does not fit the table. */
export function globalIndex(
  index: GlobalSecondaryIndex,
  billingMode: BillingMode,
  attributes: readonly KeyAttribute[],
): Index {
  const { IndexName: name, ProvisionedThroughput: throughput } = index;
  // Since November 2025 AWS takes up to four attributes of each kind.
  if (index.KeySchema.length > 2)
    throw new AwsError('UnknownOperationException', "the emulator has no 'multi-attribute keys'");
  const keySchema = parseKeySchema(index.KeySchema, attributes);
  const projection = parseProjection(name, index.Projection);
  if (billingMode === 'PROVISIONED' && throughput === undefined) {
    throw invalidParameter(`ProvisionedThroughput is not specified for index: ${name}`);
  }
  if (billingMode === 'PAY_PER_REQUEST' && throughput !== undefined) {
    throw invalidParameter(
      `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  const warm = index.WarmThroughput;
  return {
    ...newIndex({ name, scope: 'global', keySchema, projection, throughput: toThroughput(throughput) }),
    warmThroughput: warm && { readUnits: warm.ReadUnitsPerSecond ?? 0, writeUnits: warm.WriteUnitsPerSecond ?? 0 },
  };
}

function newIndex(index: Pick<Index, 'name' | 'scope' | 'keySchema' | 'projection' | 'throughput'>): Index {
  return {
    ...index,
    entries: sortedMap(),
    status: 'CREATING',
    backfilling: false,
    warmThroughput: undefined,
    bytes: 0,
  };
}

function parseProjection(indexName: string, { ProjectionType, NonKeyAttributes }: WireProjection): Projection {
  if (ProjectionType === undefined) throw invalidParameter(`Unknown ProjectionType: null`);
  if (ProjectionType === 'INCLUDE' && NonKeyAttributes === undefined) {
    throw invalidParameter('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  }
  if (ProjectionType !== 'INCLUDE' && NonKeyAttributes !== undefined) {
    throw invalidParameter(`ProjectionType is ${ProjectionType}, but NonKeyAttributes is specified`);
  }
  const nonKeyAttributes = NonKeyAttributes ?? [];
  if (nonKeyAttributes.length > dynamodbQuotas.projectedAttributesMax) {
    throw invalidParameter(
      `Number of NonKeyAttributes exceeds per-index limit of ${dynamodbQuotas.projectedAttributesMax}: ${indexName}`,
    );
  }
  const type = ProjectionType === 'ALL' ? 'ALL' : ProjectionType === 'INCLUDE' ? 'INCLUDE' : 'KEYS_ONLY';
  return { type, nonKeyAttributes };
}

function refuseSameNames(indexes: readonly Index[]): void {
  const names = indexes.map(({ name }) => name);
  const duplicate = names.find((name, position) => names.indexOf(name) !== position);
  if (duplicate !== undefined) throw invalidParameter(`Duplicate index name: ${duplicate}`);
}

/** Throws ValidationException where an attribute is defined that no key uses. */
function checkUse(attributes: readonly KeyAttribute[], table: KeySchema, indexes: readonly Index[]): void {
  const used = new Set(
    [table, ...indexes.map(({ keySchema }) => keySchema)].flatMap(keyAttributes).map(({ name }) => name),
  );
  if (attributes.every(({ name }) => used.has(name))) return;
  if (indexes.length === 0) {
    throw invalidParameter(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  const defined = attributes.map(({ name }) => name).join(', ');
  throw invalidParameter(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined}], keys used: [${[...used].join(', ')}]`,
  );
}
