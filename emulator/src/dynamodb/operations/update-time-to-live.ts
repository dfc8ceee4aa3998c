import { dynamodbQuotas } from '../../quotas.ts';
import type { Operation, World } from '../../service.ts';
import type { UpdateTimeToLiveInput, UpdateTimeToLiveOutput } from '../generated/shapes.ts';
import { invalid } from '../invalid.ts';
import type { DynamoState, Table } from '../table.ts';
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
      refuseSecondChange(table, world);
      enableTimeToLive(table, AttributeName, world);
    } else {
      if (current === undefined) throw invalid('TimeToLive is already disabled');
      if (current !== AttributeName) {
        throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
      }
      refuseSecondChange(table, world);
      disableTimeToLive(table);
    }
    table.timeToLiveChangedAtMs = world.clock.epochMs();
    return { TimeToLiveSpecification: { AttributeName, Enabled } };
  },
} satisfies Operation<UpdateTimeToLiveInput, UpdateTimeToLiveOutput, DynamoState>;

/**
 * A change may take an hour, and until then there can be no other.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
 */
function refuseSecondChange({ timeToLiveChangedAtMs: changedAtMs }: Table, world: World): void {
  if (changedAtMs === undefined || world.clock.epochMs() - changedAtMs >= dynamodbQuotas.timeToLiveChangeMs) return;
  throw invalid('Time to live has been modified multiple times within a fixed interval');
}
