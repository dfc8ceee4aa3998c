import type { Operation, World } from '../../service.ts';
import { consumedCapacity, readUnits, writeUsage } from '../capacity.ts';
import { evaluate } from '../expressions/evaluate.ts';
import type { ExecuteTransactionInput, ExecuteTransactionOutput, ParameterizedStatement } from '../generated/shapes.ts';
import { isRepeated, rememberToken } from '../idempotency.ts';
import { invalid } from '../invalid.ts';
import { parseRequest, tableOf } from '../partiql/execute.ts';
import { mandatoryKey } from '../partiql/key-lookup.ts';
import { selectedWire } from '../partiql/select.ts';
import type { Select, Statement } from '../partiql/statement.ts';
import { writeAction } from '../partiql/write-action.ts';
import { readItem } from '../read.ts';
import type { DynamoState, Table } from '../table.ts';
import { usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';
import { attempt, cancelOnFailure, commit, memberPosition, refuseSameItem } from '../transaction.ts';

export default {
  handle(input, state, { world }) {
    const members = input.TransactStatements.map((request) => {
      const statement = parseRequest(request);
      return { request, statement, table: usableTable(state, tableOf(statement)) };
    });
    const reads = members.flatMap(({ statement, table }) =>
      statement.kind === 'select' ? [{ statement, table }] : [],
    );
    if (reads.length > 0 && reads.length < members.length) {
      throw invalid('Read and write operations cannot be combined in one ExecuteTransaction request');
    }
    for (const table of new Set(members.map(({ table }) => table)))
      throttle(table, 'ExecuteTransaction', () => '', world);
    return reads.length > 0 ? read(reads, input, world) : write(members, input, state, world);
  },
} satisfies Operation<ExecuteTransactionInput, ExecuteTransactionOutput, DynamoState>;

function read(
  reads: readonly { readonly statement: Select; readonly table: Table }[],
  { ReturnConsumedCapacity: detail }: ExecuteTransactionInput,
  world: World,
): ExecuteTransactionOutput {
  const keys = reads.map(({ statement, table }) => attempt(() => mandatoryKey(table.keySchema, statement.where)));
  cancelOnFailure(keys);
  const found = reads.map(({ statement, table }) => {
    const stored = readItem(table, mandatoryKey(table.keySchema, statement.where), true, world);
    const shown = stored !== undefined && (statement.where === undefined || evaluate(statement.where, stored.item));
    return { statement, table, stored: shown ? stored : undefined };
  });
  const capacity = [...Map.groupBy(found, ({ table }) => table)].flatMap(([table, members]) => {
    const usages = members.map(({ stored }) => ({
      table: readUnits(stored?.bytes ?? 0, 'transactional'),
      indexes: new Map(),
    }));
    return consumedCapacity(table, usages, detail) ?? [];
  });
  return {
    Responses: found.map(({ statement, stored }) =>
      stored ? { Item: selectedWire(stored.item, statement.columns) } : {},
    ),
    ...(capacity.length > 0 && { ConsumedCapacity: capacity }),
  };
}

interface Member {
  readonly request: ParameterizedStatement;
  readonly statement: Statement;
  readonly table: Table;
}

function write(
  members: readonly Member[],
  input: ExecuteTransactionInput,
  state: DynamoState,
  world: World,
): ExecuteTransactionOutput {
  const actions = members.map(({ request, statement, table }) =>
    attempt(() => {
      if (statement.kind === 'select') throw invalid('Read and write operations cannot be combined');
      const showItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      return { action: writeAction(statement, table.keySchema, showItem), table };
    }),
  );
  cancelOnFailure(actions);
  const transaction = actions.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  refuseSameItem(
    transaction.flatMap((member) => {
      const position = memberPosition(member);
      return position === undefined ? [] : [{ table: member.table, position }];
    }),
  );
  const token = input.ClientRequestToken;
  if (isRepeated(state, token, input.TransactStatements, world)) return { Responses: [] };
  const committed = commit(transaction, world);
  const tables = new Set(transaction.map(({ table }) => table));
  rememberToken(state, token, { request: input.TransactStatements, tables }, world);
  const capacity = [...Map.groupBy(committed, ({ planned }) => planned.table)].flatMap(([table, writes]) => {
    const usages = writes.map(({ before, after }) => writeUsage(table, before, after, true));
    return consumedCapacity(table, usages, input.ReturnConsumedCapacity) ?? [];
  });
  // Writes answer nothing each, as recorded.
  return { Responses: [], ...(capacity.length > 0 && { ConsumedCapacity: capacity }) };
}
