import { AwsError } from '../errors.ts';
import type { DynamoState, Table } from './table.ts';
import { knownTable } from './tables.ts';

/**
 * The table of an ARN. The words here are those that moto's tests found AWS to use.
 *
 * @throws AwsError ResourceNotFoundException
 */
export function policyTable(state: DynamoState, arn: string): Table {
  return knownTable(state, arn);
}

/** Throws PolicyNotFoundException where another revision is in force than the caller thinks. */
export function checkRevision({ name, arn, policy }: Table, expected: string | undefined): void {
  if (expected === undefined) return;
  if (policy === undefined) {
    if (expected !== 'NO_POLICY') throw noPolicy(arn);
    return;
  }
  if (expected === 'NO_POLICY') {
    throw noPolicy(
      `Requested policy update expecting none to be present for table ${name}, but a policy exists with revision id ${policy.revision}.`,
    );
  }
  if (policy.revision !== expected) {
    throw noPolicy(
      `Requested update for policy with revision id ${expected}, but the policy associated to target table ${name} has revision id ${policy.revision}.`,
    );
  }
}

export function noPolicy(what: string): AwsError {
  return new AwsError(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${what}`,
  );
}
