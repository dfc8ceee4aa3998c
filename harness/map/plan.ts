import { matchesPattern } from 'parallax-emulator/patterns';
import { designMapping, wholeSubjectMapping, workOf, workQueueKeys } from 'parallax-translator/mappings';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { filterMatches, patternOf, subjectOf } from '#core';
import { eventOf, receives } from './law-agreement.ts';
import { attempt, describeError } from './law-check.ts';
import { nameOf } from './plan-file.ts';
import type { PlannedSubject, PlannedSubscription, SystemDescription } from './plan-file.ts';
import { planDesign, planMended } from './plan-design.ts';
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
  readonly mended: readonly string[];
  readonly design: readonly string[];
  readonly why: string;
}

/** What `exact` gives is what NATS gives, as the laws of its mapping say; so differences are those of the document, as it stands and mended. */
export function planSystem(system: SystemDescription): Plan {
  return {
    profiles: [planExact(system), planMended(system), planDesign(system)],
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
    mended: attempt(() => documentGives(wholeSubjectMapping, subject, one)),
    design: attempt(() => documentGives(designMapping, subject, one)),
  }));
  const nats = judged.flatMap((one) => (one.nats ? [one.name] : []));
  const mended = judged.flatMap((one) => ('value' in one.mended && one.mended.value ? [one.name] : []));
  const design = judged.flatMap((one) => ('value' in one.design && one.design.value ? [one.name] : []));
  if ([mended, design].every((names) => names.join('\n') === nats.join('\n'))) return [];
  const refused = judged.flatMap((one) => (one.nats && 'error' in one.design ? [describeError(one.design.error)] : []));
  return [{ subject, nats, mended, design, why: refused[0] ?? 'a rule or a queue is not its filter' }];
}

function documentGives(mapping: SubjectMapping, subject: string, { filter }: PlannedSubscription): boolean {
  const isWork = subject.split('.')[0] === 'work';
  if (filter.split('.')[0] === 'work') {
    const isFed = isWork && workQueueKeys(filter).includes(workOf(subject).queueKey);
    return isFed && (mapping.receiverFilters !== true || filterMatches(patternOf(filter), subjectOf(subject)));
  }
  const rule = mapping.rule(filter);
  const entry = mapping.encode(subject);
  return !isWork && matchesPattern(rule, eventOf(entry)) && receives(mapping, filter, entry);
}
