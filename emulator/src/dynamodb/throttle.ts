import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { chance } from './chance.ts';
import type { Table } from './table.ts';

/**
 * Refuses the call where the world permits it: a partition may be hot or a table new at any time (ADV-DDB-09). `part` says
 * which partition or item is meant.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ProvisionedThroughput.html
 */
export function throttle(table: Table, operation: string, part: () => string, world: World): void {
  if (chance(world, 'ADV-DDB-09', () => `${table.name}/${operation}${part()}`, 2) === 0) return;
  throw new AwsError(
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded. ' +
      'Consider increasing your provisioning level with the UpdateTable API.',
  );
}
