import type { Bus } from './state.ts';

/** May this account put events on the bus? Its own may; others as the bus's policy says. */
export function mayPutEvents(bus: Bus, accountId: string): boolean {
  if (bus.arn.split(':')[4] === accountId) return true;
  return bus.policy.some(
    (statement) =>
      statement['Effect'] === 'Allow' &&
      namesAccount(statement['Principal'], accountId) &&
      allowsPut(statement['Action']),
  );
}

function namesAccount(principal: unknown, accountId: string): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null || !('AWS' in principal)) return false;
  return textsOf(principal.AWS).some(
    (name) => name === '*' || name === accountId || name === `arn:aws:iam::${accountId}:root`,
  );
}

function allowsPut(action: unknown): boolean {
  return textsOf(action).some((name) => name === 'events:PutEvents' || name === 'events:*' || name === '*');
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The policy document as DescribeEventBus gives it; none without statements. */
export function policyDocument({ policy }: Bus): string | undefined {
  return policy.length === 0 ? undefined : JSON.stringify({ Version: '2012-10-17', Statement: policy });
}
