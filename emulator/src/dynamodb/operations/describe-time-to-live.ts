import type { Operation } from '../../service.ts';
import type { DescribeTimeToLiveInput, DescribeTimeToLiveOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { usableTable } from '../tables.ts';

export default {
  handle({ TableName }, state) {
    const name = usableTable(state, TableName).timeToLive?.attributeName;
    return {
      TimeToLiveDescription:
        name === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName: name },
    };
  },
} satisfies Operation<DescribeTimeToLiveInput, DescribeTimeToLiveOutput, DynamoState>;
