import type { Operation } from '../../service.ts';
import { consumedCapacity, readUnits, wantsCapacity, writeUsage } from '../capacity.ts';
import type { TransactWriteItem, TransactWriteItemsInput, TransactWriteItemsOutput } from '../generated/shapes.ts';
import { isRepeated, rememberToken } from '../idempotency.ts';
import { invalid } from '../invalid.ts';
import type { ItemAction } from '../item-action.ts';
import { checkAction, deleteAction, putAction, updateAction } from '../item-requests.ts';
import type { DynamoState, Table } from '../table.ts';
import { usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';
import type { CommittedMember } from '../transaction.ts';
import { commit, memberPosition, refuseSameItem } from '../transaction.ts';
import type { ItemCollectionMetrics } from '../write-answer.ts';
import { itemCollectionMetrics } from '../write-answer.ts';

export default {
  handle(input, state, { world }) {
    const actions = input.TransactItems.map(actionOf);
    const members = actions.map((action) => ({ action, table: usableTable(state, action.table) }));
    refuseSameItem(
      members.flatMap((member) => {
        const position = memberPosition(member);
        return position === undefined ? [] : [{ table: member.table, position }];
      }),
    );
    const repeated = isRepeated(state, input.ClientRequestToken, input.TransactItems, world);
    const tables = new Set(members.map(({ table }) => table));
    for (const table of tables) throttle(table, 'TransactWriteItems', () => '', world);
    if (repeated) return repeatedAnswer(members, input);
    const committed = commit(members, world);
    rememberToken(state, input.ClientRequestToken, { request: input.TransactItems, tables }, world);
    return answer(committed, input);
  },
} satisfies Operation<TransactWriteItemsInput, TransactWriteItemsOutput, DynamoState>;

function actionOf({ ConditionCheck, Put, Delete, Update }: TransactWriteItem): ItemAction {
  let given = 0;
  for (const one of [ConditionCheck, Put, Delete, Update]) if (one !== undefined) given += 1;
  if (given === 1) {
    if (Put !== undefined) return putAction(Put);
    if (Update !== undefined) return updateAction(Update);
    if (Delete !== undefined) return deleteAction(Delete);
    if (ConditionCheck !== undefined) return checkAction(ConditionCheck);
  }
  throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
}

function answer(committed: readonly CommittedMember[], input: TransactWriteItemsInput): TransactWriteItemsOutput {
  if (!wantsCapacity(input.ReturnConsumedCapacity) && input.ReturnItemCollectionMetrics !== 'SIZE') return {};
  const byTable = Map.groupBy(committed, ({ planned }) => planned.table);
  const capacity = [...byTable].flatMap(([table, members]) => {
    const usages = members.map(({ before, after }) => writeUsage(table, before, after, true));
    const consumed = consumedCapacity(table, usages, input.ReturnConsumedCapacity);
    return consumed === undefined ? [] : [{ ...consumed, WriteCapacityUnits: consumed.CapacityUnits }];
  });
  const metrics = [...byTable].flatMap(([table, members]) => {
    const entries = metricsOf(members, input.ReturnItemCollectionMetrics);
    return entries.length === 0 ? [] : [[table.name, entries] as const];
  });
  return {
    ...(capacity.length > 0 && { ConsumedCapacity: capacity }),
    ...(metrics.length > 0 && { ItemCollectionMetrics: Object.fromEntries(metrics) }),
  };
}

function metricsOf(members: readonly CommittedMember[], wanted: string | undefined): readonly ItemCollectionMetrics[] {
  return members.flatMap(({ planned }) => itemCollectionMetrics(planned, wanted) ?? []);
}

/** The second call with a token changes nothing and is charged as a read. */
function repeatedAnswer(
  members: readonly { readonly table: Table }[],
  input: TransactWriteItemsInput,
): TransactWriteItemsOutput {
  const byTable = Map.groupBy(members, ({ table }) => table);
  const capacity = [...byTable].flatMap(([table, all]) => {
    const usages = all.map(() => ({ table: readUnits(0, 'transactional'), indexes: new Map() }));
    const consumed = consumedCapacity(table, usages, input.ReturnConsumedCapacity);
    return consumed === undefined ? [] : [{ ...consumed, ReadCapacityUnits: consumed.CapacityUnits }];
  });
  return capacity.length === 0 ? {} : { ConsumedCapacity: capacity };
}
