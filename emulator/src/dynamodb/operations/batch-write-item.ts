import type { Operation, World } from '../../service.ts';
import { chance } from '../chance.ts';
import type { Usage } from '../capacity.ts';
import { consumedCapacity, writeUsage } from '../capacity.ts';
import type { BatchWriteItemInput, BatchWriteItemOutput, WriteRequest } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import type { ItemAction, PlannedAction } from '../item-action.ts';
import { carryOut, plan } from '../item-action.ts';
import { deleteAction, putAction } from '../item-requests.ts';
import { checkItemKey, checkRequestKey, pickKey } from '../key-schema.ts';
import { keyText } from '../recent-writes.ts';
import type { DynamoState, Table } from '../table.ts';
import { usableTable } from '../tables.ts';
import type { ItemCollectionMetrics } from '../write-answer.ts';
import { itemCollectionMetrics } from '../write-answer.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle(input, state, { world }) {
    const batches = Object.entries(input.RequestItems).map(([name, requests]) => ({
      name,
      requests,
      actions: requests.map((request) => actionOf(name, request)),
    }));
    if (batches.reduce((count, { requests }) => count + requests.length, 0) > dynamodbQuotas.batchWritesMax) {
      throw invalid('Too many items requested for the BatchWriteItem call');
    }
    const planned = batches.map((batch) => planBatch(batch, usableTable(state, batch.name)));
    const answers = planned.map((batch) => write(batch, input, world));
    const metrics = answers.filter(({ metrics }) => metrics.length > 0);
    return {
      UnprocessedItems: Object.fromEntries(
        answers.filter(({ left }) => left.length > 0).map(({ name, left }) => [name, left]),
      ),
      ...(input.ReturnConsumedCapacity !== undefined &&
        input.ReturnConsumedCapacity !== 'NONE' && {
          ConsumedCapacity: answers.flatMap(({ capacity }) => capacity ?? []),
        }),
      ...(metrics.length > 0 && {
        ItemCollectionMetrics: Object.fromEntries(metrics.map(({ name, metrics }) => [name, metrics])),
      }),
    };
  },
} satisfies Operation<BatchWriteItemInput, BatchWriteItemOutput, DynamoState>;

function actionOf(name: string, { PutRequest, DeleteRequest }: WriteRequest): ItemAction {
  if (PutRequest !== undefined && DeleteRequest === undefined)
    return putAction({ TableName: name, Item: PutRequest.Item });
  if (DeleteRequest !== undefined && PutRequest === undefined)
    return deleteAction({ TableName: name, Key: DeleteRequest.Key });
  throw invalid(
    'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
  );
}

interface Batch {
  readonly name: string;
  readonly table: Table;
  readonly writes: readonly { readonly request: WriteRequest; readonly planned: PlannedAction }[];
}

function planBatch(
  {
    name,
    requests,
    actions,
  }: { readonly name: string; readonly requests: readonly WriteRequest[]; readonly actions: readonly ItemAction[] },
  table: Table,
): Batch {
  const writes = requests.map((request, index) => {
    const action = actions[index];
    if (action === undefined) throw new Error('a request without an action');
    return { request, planned: plan({ ...action, key: keyOf(action) }, table) };
  });
  if (new Set(writes.map(({ planned }) => planned.place)).size < writes.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
  return { name, table, writes };
}

/** An item without its key gets another answer here than in PutItem, as recorded. */
function keyOf(action: ItemAction): ItemAction['key'] {
  if (action.kind !== 'put') return action.key;
  return (table) => {
    const item = action.after(undefined, {}) ?? {};
    checkRequestKey(table.keySchema, pickKey(table.keySchema, item));
    checkItemKey(table.keySchema, item);
    return pickKey(table.keySchema, item);
  };
}

interface Answer {
  readonly name: string;
  readonly left: readonly WriteRequest[];
  readonly capacity: ReturnType<typeof consumedCapacity>;
  readonly metrics: readonly ItemCollectionMetrics[];
}

function write({ name, table, writes }: Batch, input: BatchWriteItemInput, world: World): Answer {
  const left: WriteRequest[] = [];
  const usages: Usage[] = [];
  const metrics: ItemCollectionMetrics[] = [];
  for (const { request, planned } of writes) {
    if (chance(world, 'ADV-DDB-10', () => `${table.name}/write/${keyText(planned.key)}`, 2) === 1) {
      left.push(request);
      continue;
    }
    const { before, after } = carryOut(planned, world);
    usages.push(writeUsage(table, before, after));
    const metric = itemCollectionMetrics(planned, input.ReturnItemCollectionMetrics);
    if (metric !== undefined) metrics.push(metric);
  }
  return { name, left, capacity: consumedCapacity(table, usages, input.ReturnConsumedCapacity), metrics };
}
