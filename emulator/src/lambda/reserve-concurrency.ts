import { lambdaQuotas } from '../quotas.ts';
import { invalidParameterValue } from './refusals.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

const { concurrencyMax, unreservedConcurrencyMin } = lambdaQuotas;

/** Sets aside a part of the account's concurrency for one function, which then has no more than that. */
export function reserveConcurrency(state: LambdaState, fn: LambdaFunction, reserved: number): void {
  let others = 0;
  for (const other of state.functions.values()) if (other !== fn) others += other.reservedConcurrency ?? 0;
  if (concurrencyMax - others - reserved < unreservedConcurrencyMin) {
    throw invalidParameterValue(
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its " +
        `minimum value of [${unreservedConcurrencyMin}].`,
    );
  }
  fn.reservedConcurrency = reserved;
}
