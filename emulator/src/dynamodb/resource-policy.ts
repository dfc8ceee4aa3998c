import { AwsError } from '../errors.ts';
import type { DynamoState, Table } from './table.ts';

/** Throws ResourceNotFoundException where the ARN is no table's. */
export function policyTable(state: DynamoState, arn: string): Table {
  const table = [...state.tables.values()].find((candidate) => candidate.arn === arn);
  if (table === undefined) {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: ResourceArn: ${arn} not found`);
  }
  return table;
}

/** Throws PolicyNotFoundException where another revision is in force than the caller thinks. */
export function checkRevision({ arn, policy }: Table, expected: string | undefined): void {
  if (expected === undefined) return;
  const matches = expected === 'NO_POLICY' ? policy === undefined : policy?.revision === expected;
  if (!matches) throw noPolicy(arn);
}

export function noPolicy(arn: string): AwsError {
  return new AwsError(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${arn}`,
  );
}
