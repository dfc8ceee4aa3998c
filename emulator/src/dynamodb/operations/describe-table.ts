import type { Operation } from '../../service.ts';
import { describeTable as describe } from '../describe-table.ts';
import type { DescribeTableInput, DescribeTableOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';

export default {
  handle: ({ TableName }, state) => ({ Table: describe(knownTable(state, TableName), { warm: true }) }),
} satisfies Operation<DescribeTableInput, DescribeTableOutput, DynamoState>;
