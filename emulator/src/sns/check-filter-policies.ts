import { AwsError } from '../errors.ts';
import { snsQuotas } from '../quotas.ts';
import type { Topic } from './state.ts';

/** Refuses one more filter policy where the topic has as many as it may. */
export function checkFilterPolicies(topic: Topic): void {
  let policies = 0;
  for (const { settings } of topic.subscriptions.values()) if (settings.filterPolicy !== undefined) policies += 1;
  if (policies < snsQuotas.filterPoliciesPerTopicMax) return;
  throw new AwsError('FilterPolicyLimitExceeded', 'Filter policy limit exceeded', { status: 403 });
}
