import type { Operation } from '../../service.ts';
import type { ListTablesInput, ListTablesOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle({ ExclusiveStartTableName: start = '', Limit = dynamodbQuotas.tablesListedMax }, state) {
    const names = [...state.tables.keys()].toSorted().filter((name) => name > start);
    const page = names.slice(0, Limit);
    const last = page.at(-1);
    return {
      TableNames: page,
      ...(names.length > page.length && last !== undefined && { LastEvaluatedTableName: last }),
    };
  },
} satisfies Operation<ListTablesInput, ListTablesOutput, DynamoState>;
