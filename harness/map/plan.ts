import { matchesPattern } from 'parallax-emulator/patterns';
import { designMapping, workOf, workQueueKeys } from 'parallax-translator/mappings';
import { filterMatches, patternOf, subjectOf } from '#core';
import { eventOf } from './law-agreement.ts';
import { attempt, describeError } from './law-check.ts';
import { nameOf } from './plan-file.ts';
import type { PlannedSubject, PlannedSubscription, SystemDescription } from './plan-file.ts';
import { planDesign } from './plan-design.ts';
import { planExact } from './plan-exact.ts';
import type { ProfilePlan } from './profile-plan.ts';

/** What a system needs on AWS, profile by profile, and who gets what. */
export interface Plan {
  readonly profiles: readonly ProfilePlan[];
  /** Subjects whose receivers are not those of NATS in some profile. */
  readonly differences: readonly ReceiverDifference[];
}

export interface ReceiverDifference {
  readonly subject: string;
  readonly nats: readonly string[];
  readonly design: readonly string[];
  readonly why: string;
}

/** What `exact` gives is what NATS gives, as the laws of its mapping say; so differences are those of `design`. */
export function planSystem(system: SystemDescription): Plan {
  return {
    profiles: [planExact(system), planDesign(system)],
    differences: system.subjects.flatMap((subject) => receiverDifference(subject, system.subscriptions)),
  };
}

function receiverDifference(
  { subject }: PlannedSubject,
  subscriptions: readonly PlannedSubscription[],
): readonly ReceiverDifference[] {
  const judged = subscriptions.map((one) => ({
    name: nameOf(one),
    nats: filterMatches(patternOf(one.filter), subjectOf(subject)),
    design: attempt(() => designGives(subject, one)),
  }));
  const nats = judged.flatMap((one) => (one.nats ? [one.name] : []));
  const design = judged.flatMap((one) => ('value' in one.design && one.design.value ? [one.name] : []));
  if (nats.join('\n') === design.join('\n')) return [];
  const refused = judged.flatMap((one) => (one.nats && 'error' in one.design ? [describeError(one.design.error)] : []));
  return [{ subject, nats, design, why: refused[0] ?? 'a rule or a queue is not its filter' }];
}

function designGives(subject: string, { filter }: PlannedSubscription): boolean {
  if (filter.split('.')[0] === 'work')
    return subject.split('.')[0] === 'work' && workQueueKeys(filter).includes(workOf(subject).queueKey);
  const rule = designMapping.rule(filter);
  return subject.split('.')[0] !== 'work' && matchesPattern(rule, eventOf(designMapping.encode(subject)));
}
