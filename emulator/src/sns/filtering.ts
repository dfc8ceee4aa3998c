import { matchesAttributes, matchesBody } from './filter-policy.ts';
import type { Message } from './message.ts';
import { bodyFor } from './notification.ts';
import type { FilterPolicy, Subscription } from './state.ts';

/** Whether the subscription's filter policy, the one in force at `nowMs`, lets the message pass. */
export function acceptsMessage({ settings, protocol }: Subscription, message: Message, nowMs: number): boolean {
  const former = settings.formerFilter;
  const policy = former !== undefined && nowMs < former.untilMs ? former.policy : settings.filterPolicy;
  return policy === undefined || matches(policy, message, protocol);
}

function matches(policy: FilterPolicy, message: Message, protocol: string): boolean {
  return policy.scope === 'MessageBody'
    ? matchesBody(policy, bodyFor(message, protocol))
    : matchesAttributes(policy, message.attributes);
}
