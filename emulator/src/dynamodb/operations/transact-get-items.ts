import type { Operation } from '../../service.ts';
import type { Attributes } from '../attribute-value.ts';
import { parseAttributes, toWireAttributes } from '../attribute-value.ts';
import { consumedCapacity, readUnits } from '../capacity.ts';
import { placeholders } from '../expressions/placeholders.ts';
import { checkExpressionParameters } from '../expression-parameters.ts';
import { project } from '../expressions/projection.ts';
import type { Path } from '../expressions/syntax.ts';
import type { Get, TransactGetItemsInput, TransactGetItemsOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { checkRequestKey } from '../key-schema.ts';
import { readItem } from '../read.ts';
import { projectionPaths } from '../projector.ts';
import type { DynamoState, StoredItem, Table } from '../table.ts';
import { usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';
import { attempt, cancelOnFailure, refuseSameItem } from '../transaction.ts';
import { itemPosition } from '../write.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle({ TransactItems, ReturnConsumedCapacity }, state, { world }) {
    const gets = TransactItems.map(({ Get: get }) => parseGet(get));
    const lookups = gets.map((get) => ({ ...get, table: usableTable(state, get.name) }));
    const positions = lookups.map(({ table, key }) =>
      attempt(() => {
        checkRequestKey(table.keySchema, key);
        return { table, position: itemPosition(table, key) };
      }),
    );
    refuseSameItem(positions.flatMap((position) => (position.ok ? [position.value] : [])));
    cancelOnFailure(positions);
    for (const table of new Set(lookups.map((lookup) => lookup.table)))
      throttle(table, 'TransactGetItems', () => '', world);
    const found = lookups.map(({ table, key, paths }) => ({ table, paths, stored: readItem(table, key, true, world) }));
    if (found.reduce((bytes, { stored }) => bytes + (stored?.bytes ?? 0), 0) > dynamodbQuotas.transactionBytesMax) {
      // The wording is ours.
      throw invalid('Collection size has exceeded the maximum allowed size of 4 MB');
    }
    const capacity = capacityOf(found, ReturnConsumedCapacity);
    return {
      Responses: found.map(({ stored, paths }) => {
        if (stored === undefined) return {};
        return { Item: toWireAttributes(paths === undefined ? stored.item : project(stored.item, paths)) };
      }),
      ...(capacity.length > 0 && { ConsumedCapacity: capacity }),
    };
  },
} satisfies Operation<TransactGetItemsInput, TransactGetItemsOutput, DynamoState>;

function parseGet(get: Get): {
  readonly name: string;
  readonly key: Attributes;
  readonly paths: readonly Path[] | undefined;
} {
  checkExpressionParameters(get, { expressions: ['ProjectionExpression'], legacy: [] });
  const names = placeholders(get.ExpressionAttributeNames, undefined);
  const paths = projectionPaths(get, names);
  names.requireUse();
  return { name: get.TableName, key: parseAttributes(get.Key), paths };
}

function capacityOf(
  found: readonly { readonly table: Table; readonly stored: StoredItem | undefined }[],
  detail: string | undefined,
): NonNullable<TransactGetItemsOutput['ConsumedCapacity']> {
  return [...Map.groupBy(found, ({ table }) => table)].flatMap(([table, members]) => {
    const usages = members.map(({ stored }) => ({
      table: readUnits(stored?.bytes ?? 0, 'transactional'),
      indexes: new Map(),
    }));
    const consumed = consumedCapacity(table, usages, detail);
    return consumed === undefined ? [] : [{ ...consumed, ReadCapacityUnits: consumed.CapacityUnits }];
  });
}
