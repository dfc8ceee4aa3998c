import { createRuleSet } from 'parallax-emulator/patterns';
import type { RuleSet } from 'parallax-emulator/patterns';
import type { EventEntry, EventPattern, SubjectMapping } from 'parallax-translator/mappings';
import { filterMatches, patternOf, subjectOf } from '#core';
import { anyPair, smallPairs } from './law-cases.ts';
import { attempt, checkLaw, describeError, isUnmappable } from './law-check.ts';
import type { Finding } from './law-check.ts';
import type { LawDefinition } from './laws.ts';

export const agreement: LawDefinition = {
  name: 'agreement',
  promise: 'a rule matches the events of exactly those subjects that its filter asks for',
  check: (mapping, options) => {
    const compiled = new Map<string, CompiledRule>();
    const compile = (filter: string): CompiledRule => {
      const known = compiled.get(filter) ?? compileRule(mapping, filter);
      compiled.set(filter, known);
      return known;
    };
    /** Of the subject at hand, since the small pairs bring one subject after the other with all filters. */
    let sent: SentEvent | undefined;
    const judge = ([filter, subject]: readonly [string, string]): Finding => {
      const rule = compile(filter);
      if ('finding' in rule) return rule.finding;
      if (sent?.subject !== subject) sent = send(mapping, subject);
      return sent.entry === undefined
        ? 'unmappable'
        : judgePair({ mapping, filter, ...rule, ...sent, entry: sent.entry });
    };
    return checkLaw({ small: smallPairs(), random: anyPair, judge }, options);
  },
};

type CompiledRule = { readonly finding: Finding } | { readonly rule: EventPattern; readonly rules: RuleSet };

/** A filter without a rule has to say why not; what EventBridge refuses is for the law of fit to judge. */
function compileRule(mapping: SubjectMapping, filter: string): CompiledRule {
  const made = attempt(() => mapping.rule(filter));
  if ('error' in made) {
    if (isUnmappable(made.error)) return { finding: 'unmappable' };
    return { finding: { filter, message: `rule('${filter}') throws: ${describeError(made.error)}` } };
  }
  const rules = createRuleSet();
  const added = attempt(() => rules.add('rule', made.value));
  return 'error' in added ? { finding: 'unmappable' } : { rule: made.value, rules };
}

interface SentEvent {
  readonly subject: string;
  /** `undefined` where the subject has none. */
  readonly entry: EventEntry | undefined;
  /** The event as JSON text. */
  readonly event: string;
}

function send(mapping: SubjectMapping, subject: string): SentEvent {
  const encoded = attempt(() => mapping.encode(subject));
  if ('error' in encoded) return { subject, entry: undefined, event: '' };
  return { subject, entry: encoded.value, event: JSON.stringify(eventOf(encoded.value)) };
}

function judgePair({
  mapping,
  filter,
  subject,
  entry,
  event,
  rule,
  rules,
}: {
  readonly mapping: SubjectMapping;
  readonly filter: string;
  readonly subject: string;
  readonly entry: EventEntry;
  readonly event: string;
  readonly rule: EventPattern;
  readonly rules: RuleSet;
}): Finding {
  const byNats = filterMatches(patternOf(filter), subjectOf(subject));
  const byRule = rules.matches(event).length > 0 && receives(mapping, filter, entry);
  if (byNats === byRule) return 'kept';
  const words = byNats ? 'asks for it, the rule does not match' : 'does not ask for it, the rule matches';
  return { filter, subject, entry, rule, byNats, byRule, message: `'${subject}': filter '${filter}' ${words}` };
}

/** What passes the rule reaches the handler, unless the mapping's receiver filters, by the subject it learns. */
export function receives({ receiverFilters, decode }: SubjectMapping, filter: string, entry: EventEntry): boolean {
  if (receiverFilters !== true) return true;
  const decoded = attempt(() => decode(entry));
  return 'value' in decoded && filterMatches(patternOf(filter), subjectOf(decoded.value));
}

/** The entry as EventBridge hands it to rules. */
export function eventOf({ source, detailType, detail }: EventEntry): Readonly<Record<string, unknown>> {
  return {
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': detailType,
    source,
    account: '000000000000',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail,
  };
}
