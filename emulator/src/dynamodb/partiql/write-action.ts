import { AwsError } from '../../errors.ts';
import type { Condition } from '../expressions/syntax.ts';
import type { ItemAction } from '../item-action.ts';
import { updateBy } from '../item-requests.ts';
import { invalid } from '../invalid.ts';
import { attributesSize } from '../item-size.ts';
import { checkItemKey, checkRequestKey, pickKey } from '../key-schema.ts';
import type { KeySchema } from '../key-schema.ts';
import { mandatoryKey, withoutKey } from './key-lookup.ts';
import type { Exists, Insert, Statement } from './statement.ts';
import { dynamodbQuotas } from '../../quotas.ts';

/** A statement that writes one item, or demands something of one, as an action on a table with this key. */
export function writeAction(
  statement: Exclude<Statement, { kind: 'select' }>,
  schema: KeySchema,
  showItemOnFailure: boolean,
): ItemAction {
  const base = { table: statement.kind === 'exists' ? statement.select.table : statement.table, showItemOnFailure };
  if (statement.kind === 'insert') return insertAction(statement, schema, base);
  const where = statement.kind === 'exists' ? statement.select.where : statement.where;
  const key = mandatoryKey(schema, where);
  const find: ItemAction['key'] = (table) => {
    checkRequestKey(table.keySchema, key);
    return key;
  };
  const rest = withoutKey(schema, where);
  if (statement.kind === 'delete') {
    return { ...base, kind: 'delete', condition: rest, key: find, after: () => undefined, paths: [] };
  }
  const condition = both(existence(schema, 'attribute_exists'), rest);
  if (statement.kind === 'update') return updateBy(statement.update, { ...base, condition, key: find });
  return existsAction(statement, condition, find, base);
}

function existsAction(
  { select }: Exists,
  condition: Condition,
  key: ItemAction['key'],
  base: Pick<ItemAction, 'table' | 'showItemOnFailure'>,
): ItemAction {
  if (select.index !== undefined) throw invalid('EXISTS() does not support indexes');
  return { ...base, kind: 'check', condition, key, after: (before) => before, paths: [] };
}

/** Unlike PutItem it refuses to replace an item. */
function insertAction(
  { item }: Insert,
  schema: KeySchema,
  base: Pick<ItemAction, 'table' | 'showItemOnFailure'>,
): ItemAction {
  const bytes = attributesSize(item);
  if (bytes > dynamodbQuotas.itemBytesMax) throw invalid('Item size has exceeded the maximum allowed size');
  return {
    ...base,
    kind: 'put',
    condition: existence(schema, 'attribute_not_exists'),
    failure: new AwsError('DuplicateItemException', 'Duplicate primary key exists in table'),
    key: (table) => {
      checkItemKey(table.keySchema, item);
      return pickKey(table.keySchema, item);
    },
    after: () => item,
    bytes,
    paths: [],
  };
}

function existence(schema: KeySchema, name: 'attribute_exists' | 'attribute_not_exists'): Condition {
  return { kind: 'function', name, operands: [{ kind: 'path', path: [schema.hash.name] }] };
}

function both(left: Condition, right: Condition | undefined): Condition {
  return right === undefined ? left : { kind: 'and', left, right };
}
