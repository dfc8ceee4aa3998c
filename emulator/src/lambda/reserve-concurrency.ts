import { accountConcurrency } from './executor.ts';
import { invalidParameterValue } from './refusals.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

/** What stays for functions without a reservation. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const unreservedMin = 100;

/** Sets aside a part of the account's concurrency for one function, which then has no more than that. */
export function reserveConcurrency(state: LambdaState, fn: LambdaFunction, reserved: number): void {
  let others = 0;
  for (const other of state.functions.values()) if (other !== fn) others += other.reservedConcurrency ?? 0;
  if (accountConcurrency - others - reserved < unreservedMin) {
    throw invalidParameterValue(
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its " +
        `minimum value of [${unreservedMin}].`,
    );
  }
  fn.reservedConcurrency = reserved;
}
