import { designMapping, wholeSubjectMapping, workOf, workQueueKeys } from 'parallax-translator/mappings';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { attempt, describeError } from './law-check.ts';
import { patternCharactersMax } from './law-fit.ts';
import { nameOf, rateOf } from './plan-file.ts';
import type { PlannedSubject, PlannedSubscription, SystemDescription } from './plan-file.ts';
import type { PlannedResource, ProfilePlan, Unmappable } from './profile-plan.ts';

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const eventBridgeQuotas = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';
const rulesMax = 300;
const targetsMax = 5;
const putEventsPerSecondMax = 10_000;

/** What the document deploys: the rules are another where the whole subject travels and the receiver filters. */
export function planDesign(system: SystemDescription): ProfilePlan {
  return planDocument(system, { profile: 'design', mapping: designMapping });
}

/** The same, mended: every queue has its dead-letter queue, and there is a record of what was handled. */
export function planMended(system: SystemDescription): ProfilePlan {
  const plan = planDocument(system, { profile: 'mended', mapping: wholeSubjectMapping });
  const dead = plan.resources.flatMap(({ kind, name, serves }): readonly PlannedResource[] =>
    kind === 'queue' ? [{ kind, name: `${name}-dead`, serves: serves.map((one) => `dead letters of ${one}`) }] : [],
  );
  return {
    ...plan,
    resources: [...plan.resources, ...dead, { kind: 'table', name: 'handled', serves: ['what was handled'] }],
  };
}

/** A rule with one queue for each subscription outside `work`; for `work` a shared queue per domain and priority. */
function planDocument(
  { subscriptions, subjects }: SystemDescription,
  { profile, mapping }: { readonly profile: 'design' | 'mended'; readonly mapping: SubjectMapping },
): ProfilePlan {
  const work = subscriptions.filter(isWork);
  const others = subscriptions.filter((one) => !isWork(one));
  const rules = others.map((one) => ({ one, rule: attempt(() => mapping.rule(one.filter)) }));
  const taken = rules.flatMap(({ one, rule }) => ('value' in rule ? [{ one, rule: rule.value }] : []));
  const queues = workQueues(work);
  const resources: readonly PlannedResource[] = [
    ...taken.flatMap(({ one, rule }, index): readonly PlannedResource[] => [
      { kind: 'rule', name: `rule-${index}`, serves: [nameOf(one)], pattern: rule },
      { kind: 'queue', name: `q${index}`, serves: [nameOf(one)] },
    ]),
    ...[...queues.byKey].map(([key, serves]): PlannedResource => ({ kind: 'queue', name: `work-${key}`, serves })),
  ];
  const characters = Math.max(0, ...taken.map(({ rule }) => JSON.stringify(rule).length));
  const events = subjects.filter(({ subject }) => subject.split('.')[0] !== 'work');
  return {
    profile,
    resources,
    quotas: [
      { quota: 'rules a bus', used: taken.length, limit: rulesMax, source: eventBridgeQuotas },
      { quota: 'targets a rule', used: Math.min(1, taken.length), limit: targetsMax, source: eventBridgeQuotas },
      { quota: 'characters a pattern', used: characters, limit: patternCharactersMax, source: eventBridgeQuotas },
      {
        quota: 'PutEvents requests a second (us-east-1)',
        used: rateOf(events),
        limit: putEventsPerSecondMax,
        source: eventBridgeQuotas,
      },
    ],
    unmappable: [
      ...rules.flatMap(({ one, rule }): readonly Unmappable[] =>
        'error' in rule ? [{ what: nameOf(one), why: describeError(rule.error) }] : [],
      ),
      ...queues.unmappable,
      ...subjects.flatMap((one) => unmappableSubject(one, queues.byKey)),
    ],
  };
}

function isWork({ filter }: PlannedSubscription): boolean {
  return filter.split('.')[0] === 'work';
}

function workQueues(subscriptions: readonly PlannedSubscription[]) {
  const byKey = new Map<string, readonly string[]>();
  const unmappable: Unmappable[] = [];
  for (const one of subscriptions) {
    const keys = attempt(() => workQueueKeys(one.filter));
    if ('error' in keys) unmappable.push({ what: nameOf(one), why: describeError(keys.error) });
    else for (const key of keys.value) byKey.set(key, [...(byKey.get(key) ?? []), nameOf(one)]);
  }
  return { byKey, unmappable };
}

function unmappableSubject(
  { subject }: PlannedSubject,
  queues: ReadonlyMap<string, readonly string[]>,
): readonly Unmappable[] {
  if (subject.split('.')[0] === 'work') {
    const { queueKey } = workOf(subject);
    return queues.has(queueKey) ? [] : [{ what: subject, why: `no queue 'work-${queueKey}' is mapped` }];
  }
  const encoded = attempt(() => designMapping.encode(subject));
  return 'error' in encoded ? [{ what: subject, why: describeError(encoded.error) }] : [];
}
