import type { Attributes, AttributeValue } from './attribute-value.ts';
import { attribute, attributesFrom } from './attribute-value.ts';
import { AwsError } from '../errors.ts';
import { invalid, invalidParameter } from './invalid.ts';
import { valueSize } from './item-size.ts';
import { partitionPrefix, sortKey } from './sort-key.ts';
import { dynamodbQuotas } from '../quotas.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface KeySchema {
  readonly hash: KeyAttribute;
  readonly range?: KeyAttribute;
}

/** What a check of an index's keys needs to know of it. */
export interface IndexKeys {
  readonly name: string;
  readonly keySchema: KeySchema;
}

export function keyAttributes({ hash, range }: KeySchema): readonly KeyAttribute[] {
  return range === undefined ? [hash] : [hash, range];
}

/** The key as attributes; what is not there is left out. */
export function pickKey(schema: KeySchema, item: Attributes): Attributes {
  const entries: [string, AttributeValue][] = [];
  for (const { name } of keyAttributes(schema)) {
    const value = attribute(item, name);
    if (value !== undefined) entries.push([name, value]);
  }
  return attributesFrom(entries);
}

/** Where an item stands in its table or index; undefined where it lacks a key attribute of the right type. */
export function position(schema: KeySchema, item: Attributes): string | undefined {
  const hash = attribute(item, schema.hash.name);
  if (hash === undefined || hash.type !== schema.hash.type) return undefined;
  if (schema.range === undefined) return partitionPrefix(hash);
  const range = attribute(item, schema.range.name);
  return range === undefined || range.type !== schema.range.type ? undefined : partitionPrefix(hash) + sortKey(range);
}

/** Throws ValidationException where an item to be put lacks its key or has one of another type. */
export function checkItemKey(schema: KeySchema, item: Attributes): void {
  for (const { name, type } of keyAttributes(schema)) {
    const value = attribute(item, name);
    if (value === undefined) throw invalidParameter(`Missing the key ${name} in the item`);
    if (value.type !== type)
      throw invalidParameter(`Type mismatch for key ${name} expected: ${type} actual: ${value.type}`);
  }
  checkKeyValues(schema, item);
}

/** Throws ValidationException where a key given to find an item is not exactly the table's. */
export function checkRequestKey(schema: KeySchema, key: Attributes): void {
  const expected = keyAttributes(schema);
  const fits = expected.every(({ name, type }) => attribute(key, name)?.type === type);
  if (!fits || Object.keys(key).length !== expected.length) {
    throw invalid('The provided key element does not match the schema');
  }
  checkKeyValues(schema, key);
}

/** The cause of the error about a key attribute that is empty. */
export const emptyKey = Symbol('empty key');

/** Throws ValidationException where a key attribute is empty or too long. */
function checkKeyValues(schema: KeySchema, item: Attributes): void {
  for (const { name } of keyAttributes(schema)) {
    const kind = emptiness(attribute(item, name));
    if (kind !== undefined) {
      const message = `The AttributeValue for a key attribute cannot contain an empty ${kind} value`;
      throw new AwsError(
        'ValidationException',
        `One or more parameter values are not valid. ${message}. Key: ${name}`,
        {
          cause: emptyKey,
        },
      );
    }
  }
  const hash = attribute(item, schema.hash.name);
  if (hash !== undefined && valueSize(hash) > dynamodbQuotas.hashKeyBytesMax) {
    throw invalidParameter(
      `Size of hashkey has exceeded the maximum size limit of${dynamodbQuotas.hashKeyBytesMax} bytes`,
    );
  }
  const range = schema.range && attribute(item, schema.range.name);
  if (range !== undefined && valueSize(range) > dynamodbQuotas.rangeKeyBytesMax) {
    throw invalidParameter(
      `Aggregated size of all range keys has exceeded the size limit of ${dynamodbQuotas.rangeKeyBytesMax} bytes`,
    );
  }
}

/** Throws ValidationException where an item has an index's key attribute with a type or value that cannot be one. */
export function checkIndexKeys(indexes: Iterable<IndexKeys>, item: Attributes): void {
  for (const { name: indexName, keySchema } of indexes) {
    for (const { name, type } of keyAttributes(keySchema)) {
      const value = attribute(item, name);
      if (value === undefined) continue;
      if (value.type !== type) {
        const types = `Expected: ${type} Actual: ${value.type}`;
        throw invalidParameter(`Type mismatch for Index Key ${name} ${types} IndexName: ${indexName}`);
      }
      const kind = emptiness(value);
      if (kind !== undefined) {
        throw invalid(
          'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
            `The AttributeValue for a key attribute cannot contain an empty ${kind} value. ` +
            `IndexName: ${indexName}, IndexKey: ${name}`,
        );
      }
    }
  }
}

function emptiness(value: AttributeValue | undefined): 'string' | 'binary' | undefined {
  if (value?.type === 'S' && value.value === '') return 'string';
  return value?.type === 'B' && value.value.length === 0 ? 'binary' : undefined;
}
