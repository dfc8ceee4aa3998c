import type { Operation } from '../../service.ts';
import type { DescribeContributorInsightsInput, DescribeContributorInsightsOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';

export default {
  handle({ TableName, IndexName }, state) {
    const table = knownTable(state, TableName);
    return {
      TableName: table.name,
      ...(IndexName !== undefined && { IndexName }),
      ContributorInsightsStatus: 'DISABLED',
    };
  },
} satisfies Operation<DescribeContributorInsightsInput, DescribeContributorInsightsOutput, DynamoState>;
