import { createRuleSet } from 'parallax-emulator/patterns';
import type { RuleSet } from 'parallax-emulator/patterns';
import type { EventEntry, SubjectMapping } from 'parallax-translator/mappings';
import { smallPairs, smallSubjects } from './law-cases.ts';
import { eventOf, receives } from './law-agreement.ts';
import { attempt, describeError } from './law-check.ts';

const smallTokensMax = 4;

/** Something that two mappings treat differently, with what each does. */
export interface MappingDifference {
  /** `subject`: how it arrives. `filter`: whether it gets the subject. `rule`: whether there is a rule at all. */
  readonly about: 'subject' | 'filter' | 'rule';
  readonly subject?: string;
  readonly filter?: string;
  readonly left: string;
  readonly right: string;
}

/** All differences over small subjects and filters, shortest subject first, each filter's first one only. */
export function diffMappings(left: SubjectMapping, right: SubjectMapping): readonly MappingDifference[] {
  return [...diffSubjects(left, right), ...diffFilters(left, right)].sort((a, b) => sizeOf(a) - sizeOf(b));
}

/** Tokens count before characters; a filter stands for the subject that a difference about rules lacks. */
function sizeOf({ subject, filter = '' }: MappingDifference): number {
  const text = subject ?? filter;
  return text.split('.').length * 10_000 + text.length;
}

function diffSubjects(left: SubjectMapping, right: SubjectMapping): readonly MappingDifference[] {
  return smallSubjects(smallTokensMax).flatMap((subject): readonly MappingDifference[] => {
    const [a, b] = [left, right].map((mapping) => arrival(mapping, subject));
    return a === undefined || b === undefined || a === b ? [] : [{ about: 'subject', subject, left: a, right: b }];
  });
}

function arrival(mapping: SubjectMapping, subject: string): string {
  const arrived = attempt(() => mapping.decode(mapping.encode(subject)));
  return 'value' in arrived ? `arrives as '${arrived.value}'` : `is refused: ${describeError(arrived.error)}`;
}

function diffFilters(left: SubjectMapping, right: SubjectMapping): readonly MappingDifference[] {
  const [sideA, sideB] = [sideOf(left), sideOf(right)];
  const seen = new Set<string>();
  return smallPairs().flatMap(([filter, subject]): readonly MappingDifference[] => {
    if (seen.has(filter)) return [];
    const [a, b] = [sideA.rule(filter), sideB.rule(filter)];
    const differs = (difference: MappingDifference): readonly MappingDifference[] => {
      seen.add(filter);
      return [difference];
    };
    if (typeof a === 'string' || typeof b === 'string') {
      const [wordA, wordB] = [a, b].map((side) => (typeof side === 'string' ? side : 'has a rule'));
      if (wordA === undefined || wordB === undefined || wordA === wordB) return [];
      return differs({ about: 'rule', filter, left: wordA, right: wordB });
    }
    const [gotA, gotB] = [sideA.delivers(a, filter, subject), sideB.delivers(b, filter, subject)];
    if (gotA === undefined || gotB === undefined || gotA === gotB) return [];
    const word = (got: boolean): string => (got ? 'delivers' : 'does not deliver');
    return differs({ about: 'filter', filter, subject, left: word(gotA), right: word(gotB) });
  });
}

/** One mapping with what it has answered so far. */
interface Side {
  /** The compiled rule, or why there is none. */
  readonly rule: (filter: string) => RuleSet | string;
  /** `undefined` where the subject has no entry. */
  readonly delivers: (rules: RuleSet, filter: string, subject: string) => boolean | undefined;
}

function sideOf(mapping: SubjectMapping): Side {
  const rules = new Map<string, RuleSet | string>();
  const entries = new Map<string, EventEntry | undefined>();
  return {
    rule(filter) {
      const known = rules.get(filter) ?? compile(mapping, filter);
      rules.set(filter, known);
      return known;
    },
    delivers(compiled, filter, subject) {
      if (!entries.has(subject)) {
        const encoded = attempt(() => mapping.encode(subject));
        entries.set(subject, 'value' in encoded ? encoded.value : undefined);
      }
      const entry = entries.get(subject);
      if (entry === undefined) return undefined;
      return compiled.matches(eventOf(entry)).length > 0 && receives(mapping, filter, entry);
    },
  };
}

function compile(mapping: SubjectMapping, filter: string): RuleSet | string {
  const rules = createRuleSet();
  const added = attempt(() => rules.add('rule', mapping.rule(filter)));
  return 'value' in added ? rules : `has no rule: ${describeError(added.error)}`;
}
