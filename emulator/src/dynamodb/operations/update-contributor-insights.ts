import type { Operation } from '../../service.ts';
import type { UpdateContributorInsightsInput, UpdateContributorInsightsOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { indexNamed, knownTable } from '../tables.ts';

export default {
  hasNoEffect: "kept and shown; the insights themselves would be CloudWatch's",
  handle({ TableName, IndexName, ContributorInsightsAction }, state) {
    const table = knownTable(state, TableName);
    indexNamed(table, IndexName);
    const enable = ContributorInsightsAction === 'ENABLE';
    if (enable) table.insights.add(IndexName ?? '');
    else table.insights.delete(IndexName ?? '');
    return {
      TableName: table.name,
      ...(IndexName !== undefined && { IndexName }),
      ContributorInsightsStatus: enable ? 'ENABLING' : 'DISABLING',
    };
  },
} satisfies Operation<UpdateContributorInsightsInput, UpdateContributorInsightsOutput, DynamoState>;
