import type { Attributes } from './attribute-value.ts';
import { parseAttributes } from './attribute-value.ts';
import { checkExpressionParameters } from './expression-parameters.ts';
import { applyUpdate } from './expressions/apply-update.ts';
import { parseCondition } from './expressions/condition.ts';
import type { Placeholders } from './expressions/placeholders.ts';
import { placeholders } from './expressions/placeholders.ts';
import type { Condition, Update } from './expressions/syntax.ts';
import { updatedPaths } from './expressions/syntax.ts';
import { parseUpdate } from './expressions/update-syntax.ts';
import { invalid, invalidParameter } from './invalid.ts';
import type { ItemAction } from './item-action.ts';
import { attributesSize } from './item-size.ts';
import { checkItemKey, checkRequestKey, keyAttributes, pickKey } from './key-schema.ts';
import type { WireExpected } from './legacy-conditions.ts';
import { expectedCondition } from './legacy-conditions.ts';
import type { WireAttributeUpdate } from './legacy-updates.ts';
import { legacyUpdate } from './legacy-updates.ts';
import type { Table } from './table.ts';
import type { WireAttributes } from './wire.ts';
import { dynamodbQuotas } from '../quotas.ts';

export interface ConditionalRequest {
  readonly TableName: string;
  readonly ConditionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: WireAttributes | undefined;
  readonly Expected?: Readonly<Record<string, WireExpected>> | undefined;
  readonly ConditionalOperator?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

export interface PutRequest extends ConditionalRequest {
  readonly Item: WireAttributes;
}

export interface KeyRequest extends ConditionalRequest {
  readonly Key: WireAttributes;
}

export interface UpdateRequest extends KeyRequest {
  readonly UpdateExpression?: string | undefined;
  readonly AttributeUpdates?: Readonly<Record<string, WireAttributeUpdate>> | undefined;
}

/** Throws ValidationException on whatever is wrong with the request without looking at the table. */
export function putAction(request: PutRequest): ItemAction {
  checkExpressionParameters(request, {
    expressions: ['ConditionExpression'],
    legacy: ['Expected', 'ConditionalOperator'],
  });
  const item = parseAttributes(request.Item);
  const names = placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
  const bytes = attributesSize(item);
  if (bytes > dynamodbQuotas.itemBytesMax) throw invalid('Item size has exceeded the maximum allowed size');
  const condition = conditionOf(request, names);
  names.requireUse();
  return {
    ...common(request, condition),
    kind: 'put',
    key: (table) => {
      checkItemKey(table.keySchema, item);
      return pickKey(table.keySchema, item);
    },
    after: () => item,
    bytes,
  };
}

/** Throws ValidationException on whatever is wrong with the request without looking at the table. */
export function deleteAction(request: KeyRequest): ItemAction {
  checkExpressionParameters(request, {
    expressions: ['ConditionExpression'],
    legacy: ['Expected', 'ConditionalOperator'],
  });
  const key = parseAttributes(request.Key);
  const names = placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
  const condition = conditionOf(request, names);
  names.requireUse();
  return { ...common(request, condition), kind: 'delete', key: keyFinder(key), after: () => undefined };
}

/** Of a transaction: a condition alone. */
export function checkAction(request: KeyRequest): ItemAction {
  return { ...deleteAction(request), kind: 'check' };
}

/** Throws ValidationException on whatever is wrong with the request without looking at the table. */
export function updateAction(request: UpdateRequest): ItemAction {
  checkExpressionParameters(request, {
    expressions: ['UpdateExpression', 'ConditionExpression'],
    legacy: ['AttributeUpdates', 'Expected', 'ConditionalOperator'],
  });
  const key = parseAttributes(request.Key);
  const names = placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues);
  const update = updateOf(request, names);
  const condition = conditionOf(request, names);
  names.requireUse();
  return updateBy(update, { ...common(request, condition), key: keyFinder(key) });
}

/** An action that applies an update to the item with the key. */
export function updateBy(update: Update, base: Omit<ItemAction, 'kind' | 'after' | 'paths'>): ItemAction {
  const paths = updatedPaths(update);
  return {
    ...base,
    kind: 'update',
    paths,
    key: (table) => {
      const key = base.key(table);
      refuseKeyUpdate(
        table,
        paths.map(([name]) => name),
      );
      return key;
    },
    after: (before, key) => applyUpdate(update, before ?? key),
  };
}

/** Finds the item by a key that must be exactly the table's. */
export function keyFinder(key: Attributes): ItemAction['key'] {
  return (table) => {
    checkRequestKey(table.keySchema, key);
    return key;
  };
}

function refuseKeyUpdate(table: Table, names: readonly string[]): void {
  for (const { name } of keyAttributes(table.keySchema)) {
    if (names.includes(name)) {
      throw invalidParameter(`Cannot update attribute ${name}. This attribute is part of the key`);
    }
  }
}

function common(
  request: ConditionalRequest,
  condition: Condition | undefined,
): Pick<ItemAction, 'table' | 'condition' | 'showItemOnFailure' | 'paths'> {
  return {
    table: request.TableName,
    condition,
    showItemOnFailure: request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD',
    paths: [],
  };
}

function conditionOf(request: ConditionalRequest, names: Placeholders): Condition | undefined {
  if (request.ConditionExpression !== undefined) {
    return parseCondition('ConditionExpression', request.ConditionExpression, names);
  }
  if (request.Expected === undefined) {
    if (request.ConditionalOperator === undefined) return undefined;
    throw invalid('ConditionalOperator cannot be used without Filter or Expected');
  }
  checkConditionalOperator(request.ConditionalOperator, Object.keys(request.Expected).length);
  return expectedCondition(request.Expected, request.ConditionalOperator);
}

/** Throws ValidationException where there is nothing to combine. */
export function checkConditionalOperator(operator: string | undefined, conditions: number): void {
  if (operator === undefined || conditions > 1) return;
  throw invalid(
    conditions === 0
      ? 'ConditionalOperator cannot be used without Filter or Expected'
      : 'ConditionalOperator can only be used when Filter or Expected has two or more elements',
  );
}

function updateOf(request: UpdateRequest, names: Placeholders): Update {
  if (request.UpdateExpression !== undefined) return parseUpdate(request.UpdateExpression, names);
  return legacyUpdate(request.AttributeUpdates ?? {});
}
