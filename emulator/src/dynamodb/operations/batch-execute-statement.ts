import { AwsError } from '../../errors.ts';
import type { Operation, World } from '../../service.ts';
import type { ConsumedCapacity, Usage } from '../capacity.ts';
import { consumedCapacity, readUnits } from '../capacity.ts';
import type {
  BatchExecuteStatementInput,
  BatchExecuteStatementOutput,
  BatchStatementRequest,
  BatchStatementResponse,
} from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { executeWrite, parseRequest, tableOf } from '../partiql/execute.ts';
import { mandatoryKey } from '../partiql/key-lookup.ts';
import { selectedWire } from '../partiql/select.ts';
import type { Statement } from '../partiql/statement.ts';
import { readItem } from '../read.ts';
import { evaluate } from '../expressions/evaluate.ts';
import type { DynamoState } from '../table.ts';
import { usableTable } from '../tables.ts';
import type { WireAttributes } from '../wire.ts';

export default {
  handle({ Statements, ReturnConsumedCapacity: detail }, state, { world }) {
    const outcomes = Statements.map((request) => execute(request, detail, state, world));
    const capacity = outcomes.flatMap((outcome) => outcome.capacity ?? []);
    return {
      Responses: outcomes.map(({ response }) => response),
      ...(capacity.length > 0 && { ConsumedCapacity: capacity }),
    };
  },
} satisfies Operation<BatchExecuteStatementInput, BatchExecuteStatementOutput, DynamoState>;

interface Outcome {
  readonly response: BatchStatementResponse;
  readonly capacity?: ConsumedCapacity | undefined;
}

/** Each statement fails by itself. */
function execute(
  request: BatchStatementRequest,
  detail: string | undefined,
  state: DynamoState,
  world: World,
): Outcome {
  let name: string | undefined;
  try {
    const statement = parseRequest(request);
    name = tableOf(statement);
    const { item, capacity } = run(statement, request, detail, state, world);
    return { response: { TableName: name, ...(item && { Item: item }) }, capacity };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { response: { ...(name !== undefined && { TableName: name }), Error: errorOf(error) } };
  }
}

/** Codes of single statements: the exceptions' names without their ending. */
function errorOf({ code, message, members }: AwsError): NonNullable<BatchStatementResponse['Error']> {
  const item = members['Item'];
  const short = code === 'ValidationException' ? 'ValidationError' : code.replace(/Exception$/, '');
  return { Code: short, Message: message, ...(isAttributes(item) && { Item: item }) };
}

function isAttributes(value: unknown): value is WireAttributes {
  return typeof value === 'object' && value !== null;
}

function run(
  statement: Statement,
  request: BatchStatementRequest,
  detail: string | undefined,
  state: DynamoState,
  world: World,
): { readonly item: WireAttributes | undefined; readonly capacity: ConsumedCapacity | undefined } {
  const table = usableTable(state, tableOf(statement));
  if (statement.kind === 'exists') throw invalid('EXISTS() can only be used in transactions');
  if (statement.kind !== 'select')
    return executeWrite(statement, table, { ...request, ReturnConsumedCapacity: detail }, world);
  if (statement.index !== undefined) {
    throw invalid('Select statements within BatchExecuteStatement must specify the primary key in the where clause.');
  }
  const consistent = request.ConsistentRead === true;
  const stored = readItem(table, mandatoryKey(table.keySchema, statement.where), consistent, world);
  const shown = stored !== undefined && (statement.where === undefined || evaluate(statement.where, stored.item));
  const usage: Usage = { table: readUnits(stored?.bytes ?? 0, consistent ? 'strong' : 'eventual'), indexes: new Map() };
  return {
    item: shown ? selectedWire(stored.item, statement.columns) : undefined,
    capacity: consumedCapacity(table, [usage], detail),
  };
}
