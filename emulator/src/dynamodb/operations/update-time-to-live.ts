import type { Operation } from '../../service.ts';
import type { UpdateTimeToLiveInput, UpdateTimeToLiveOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import type { DynamoState } from '../table.ts';
import { usableTable } from '../tables.ts';
import { disableTimeToLive, enableTimeToLive } from '../time-to-live.ts';

export default {
  handle({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } }, state, { world }) {
    const table = usableTable(state, TableName);
    const current = table.timeToLive?.attributeName;
    if (Enabled) {
      if (current === AttributeName) throw invalid('TimeToLive is already enabled');
      if (current !== undefined) {
        throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
      }
      enableTimeToLive(table, AttributeName, world);
    } else {
      if (current === undefined) throw invalid('TimeToLive is already disabled');
      if (current !== AttributeName) {
        throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
      }
      disableTimeToLive(table);
    }
    return { TimeToLiveSpecification: { AttributeName, Enabled } };
  },
} satisfies Operation<UpdateTimeToLiveInput, UpdateTimeToLiveOutput, DynamoState>;
