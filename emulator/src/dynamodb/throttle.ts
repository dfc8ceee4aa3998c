import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import type { Table } from './table.ts';

/**
 * Refuses the call where the world permits it: a partition may be hot or a table new at any time (ADV-DDB-09).
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ProvisionedThroughput.html
 */
export function throttle(table: Table, operation: string, world: World): void {
  if (isThrottled(table, operation, world)) {
    throw new AwsError(
      'ProvisionedThroughputExceededException',
      'The level of configured provisioned throughput for the table was exceeded. ' +
        'Consider increasing your provisioning level with the UpdateTable API.',
    );
  }
}

export function isThrottled(table: Table, operation: string, world: World): boolean {
  table.calls += 1;
  return world.choose('ADV-DDB-09', `${table.name}/${operation}#${table.calls}`, 2) === 1;
}
