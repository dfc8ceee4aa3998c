import type { Operation } from '../../service.ts';
import type { DescribeLimitsInput, DescribeLimitsOutput } from '../generated/shapes.ts';
import type { DynamoState } from '../table.ts';

/**
 * The quotas of a new account.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export default {
  handle: () => ({
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  }),
} satisfies Operation<DescribeLimitsInput, DescribeLimitsOutput, DynamoState>;
