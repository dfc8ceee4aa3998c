import type { Operation } from '../../service.ts';
import { describeRecovery } from '../recovery.ts';
import type { DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';
import { knownTable } from '../tables.ts';

export default {
  handle({ TableName }, state, { world }) {
    const table = knownTable(state, TableName, 'TableNotFoundException');
    return { ContinuousBackupsDescription: describeRecovery(table, world) };
  },
} satisfies Operation<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput, DynamoState>;
