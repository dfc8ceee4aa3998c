import type { Operation } from '../../service.ts';
import type { ExecuteStatementInput, ExecuteStatementOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import { executeWrite, parseRequest, tableOf } from '../partiql/execute.ts';
import { formatToken, parseToken } from '../partiql/next-token.ts';
import { select } from '../partiql/select.ts';
import type { DynamoState } from '../table.ts';
import { usableTable } from '../tables.ts';
import { throttle } from '../throttle.ts';

export default {
  handle(input, state, { world }) {
    const statement = parseRequest(input);
    if (statement.kind === 'exists') throw invalid('EXISTS() can only be used in transactions');
    const table = usableTable(state, tableOf(statement));
    throttle(table, 'ExecuteStatement', () => input.Statement, world);
    if (statement.kind !== 'select') {
      const { item, capacity } = executeWrite(statement, table, input, world);
      return { Items: item === undefined ? [] : [item], ...(capacity && { ConsumedCapacity: capacity }) };
    }
    const start = input.NextToken === undefined ? undefined : parseToken(input.Statement, input.NextToken);
    const { items, next, capacity } = select(
      statement,
      table,
      {
        consistent: input.ConsistentRead === true,
        limit: input.Limit,
        capacity: input.ReturnConsumedCapacity,
        start,
      },
      world,
    );
    return {
      Items: items,
      ...(next && { NextToken: formatToken(input.Statement, next) }),
      ...(next?.key && { LastEvaluatedKey: next.key }),
      ...(capacity && { ConsumedCapacity: capacity }),
    };
  },
} satisfies Operation<ExecuteStatementInput, ExecuteStatementOutput, DynamoState>;
