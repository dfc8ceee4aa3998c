import { filterPolicy, subjectAttributes } from 'parallax-translator/mappings';
import { attempt, describeError } from './law-check.ts';
import { nameOf, rateOf } from './plan-file.ts';
import type { PlannedSubscription, SystemDescription } from './plan-file.ts';
import type { PlannedResource, ProfilePlan, QuotaUse, Unmappable } from './profile-plan.ts';

/** @see https://docs.aws.amazon.com/general/latest/gr/sns.html */
const fifoSubscriptionsMax = 100;
const fifoMessagesPerSecondMax = 3_000;
const snsQuotas = 'https://docs.aws.amazon.com/general/latest/gr/sns.html';
const snsPolicies = 'https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html';
const policyKeysMax = 5;

/** One FIFO topic; a FIFO queue with a filtered subscription for each plain subscription, and each filter of a group. */
export function planExact({ subscriptions, subjects }: SystemDescription): ProfilePlan {
  const units = unitsOf(subscriptions);
  const mapped = units.map((unit) => ({ unit, policy: attempt(() => filterPolicy(unit.filter)) }));
  const refused = subjects.flatMap(({ subject }): readonly Unmappable[] => {
    const attributes = attempt(() => subjectAttributes(subject));
    return 'error' in attributes ? [{ what: subject, why: describeError(attributes.error) }] : [];
  });
  const unmappable = mapped.flatMap(({ unit, policy }): readonly Unmappable[] =>
    'error' in policy ? [{ what: nameOf(unit), why: describeError(policy.error) }] : [],
  );
  const taken = mapped.flatMap(({ unit, policy }) => ('value' in policy ? [{ unit, policy: policy.value }] : []));
  const resources: readonly PlannedResource[] = [
    { kind: 'topic', name: 'ordered.fifo', serves: subjects.map(({ subject }) => subject) },
    { kind: 'table', name: 'registry', serves: ['live subscribers', 'what a group has claimed'] },
    ...taken.flatMap(({ unit, policy }, index): readonly PlannedResource[] => [
      { kind: 'queue', name: `q${index}.fifo`, serves: [nameOf(unit)] },
      { kind: 'subscription', name: `ordered.fifo → q${index}.fifo`, serves: [nameOf(unit)], pattern: policy ?? null },
    ]),
  ];
  const keys = taken.map(({ policy }) => Object.keys(policy ?? {}).length);
  return {
    profile: 'exact',
    resources,
    quotas: quotasOf({ subscriptions: taken.length, keys: Math.max(0, ...keys), rate: rateOf(subjects) }),
    unmappable: [...unmappable, ...refused],
  };
}

/** Members of one group with one filter share a queue; every plain subscription has its own. */
function unitsOf(subscriptions: readonly PlannedSubscription[]): readonly PlannedSubscription[] {
  const seen = new Set<string>();
  return subscriptions.filter(({ filter, queue }) => {
    if (queue === undefined) return true;
    const key = `${queue} ${filter}`;
    return seen.size !== seen.add(key).size;
  });
}

function quotasOf({
  subscriptions,
  keys,
  rate,
}: {
  readonly subscriptions: number;
  readonly keys: number;
  readonly rate: number;
}): readonly QuotaUse[] {
  return [
    { quota: 'subscriptions a FIFO topic', used: subscriptions, limit: fifoSubscriptionsMax, source: snsQuotas },
    { quota: 'keys a filter policy', used: keys, limit: policyKeysMax, source: snsPolicies },
    { quota: 'messages a second and FIFO topic', used: rate, limit: fifoMessagesPerSecondMax, source: snsQuotas },
  ];
}
