import type { Operation } from '../../service.ts';
import type { DescribeContributorInsightsInput, DescribeContributorInsightsOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { indexNamed, knownTable } from '../tables.ts';

export default {
  handle({ TableName, IndexName }, state) {
    const table = knownTable(state, TableName);
    indexNamed(table, IndexName);
    return {
      TableName: table.name,
      ...(IndexName !== undefined && { IndexName }),
      ContributorInsightsStatus: table.insights.has(IndexName ?? '') ? 'ENABLED' : 'DISABLED',
    };
  },
} satisfies Operation<DescribeContributorInsightsInput, DescribeContributorInsightsOutput, DynamoState>;
