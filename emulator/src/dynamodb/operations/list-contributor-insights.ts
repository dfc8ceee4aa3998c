import type { Operation } from '../../service.ts';
import type { ListContributorInsightsInput, ListContributorInsightsOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';

export default {
  handle({ TableName }, state) {
    const tables = TableName === undefined ? [...state.tables.values()] : [knownTable(state, TableName)];
    return {
      ContributorInsightsSummaries: tables.flatMap((table) =>
        ['', ...table.indexes.keys()].map((index) => ({
          TableName: table.name,
          ...(index !== '' && { IndexName: index }),
          ContributorInsightsStatus: table.insights.has(index) ? 'ENABLED' : 'DISABLED',
        })),
      ),
    };
  },
} satisfies Operation<ListContributorInsightsInput, ListContributorInsightsOutput, DynamoState>;
