import type { EventEntry, SubjectMapping } from 'parallax-translator/mappings';
import { anySubject, nearSubjects, smallSubjects } from './law-cases.ts';
import { attempt, checkLaw, describeError } from './law-check.ts';
import type { Finding } from './law-check.ts';
import type { LawDefinition } from './laws.ts';

const smallTokensMax = 4;

export const totality: LawDefinition = {
  name: 'totality',
  promise: 'every subject that NATS routes has an entry',
  check: (mapping, options) =>
    checkLaw(
      {
        small: smallSubjects(smallTokensMax),
        random: anySubject,
        judge: (subject): Finding => {
          const encoded = attempt(() => mapping.encode(subject));
          if ('value' in encoded) return 'kept';
          return { subject, message: `encode('${subject}') throws: ${describeError(encoded.error)}` };
        },
      },
      options,
    ),
};

export const roundTrip: LawDefinition = {
  name: 'round trip',
  promise: 'the receiver learns the whole subject',
  check: (mapping, options) =>
    checkLaw(
      {
        small: smallSubjects(smallTokensMax),
        random: anySubject,
        judge: (subject) => withEntry(mapping, subject, (entry) => judgeDecode(mapping, subject, entry)),
      },
      options,
    ),
};

function judgeDecode(mapping: SubjectMapping, subject: string, entry: EventEntry): Finding {
  const decoded = attempt(() => mapping.decode(entry));
  if ('error' in decoded)
    return { subject, entry, message: `decode of '${subject}' throws: ${describeError(decoded.error)}` };
  if (decoded.value === subject) return 'kept';
  return { subject, other: decoded.value, entry, message: `'${subject}' arrives as '${decoded.value}'` };
}

export const injectivity: LawDefinition = {
  name: 'injectivity',
  promise: 'distinct subjects have distinct entries',
  check: (mapping, options) => {
    /** By entry: the shortest of the small subjects that has it. */
    const owners = new Map<string, string>();
    const small = smallSubjects(smallTokensMax).flatMap((subject): readonly (readonly [string, string])[] => {
      const encoded = attempt(() => mapping.encode(subject));
      if ('error' in encoded) return [];
      const key = canonical(encoded.value);
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, subject);
      return [[owner ?? subject, subject]];
    });
    const judge = ([a, b]: readonly [string, string]): Finding =>
      withEntry(mapping, a, (entry) =>
        withEntry(mapping, b, (other) => {
          if (a === b || canonical(entry) !== canonical(other)) return 'kept';
          return { subject: a, other: b, entry, message: `'${a}' and '${b}' have the same entry` };
        }),
      );
    return checkLaw({ small, random: nearSubjects, judge }, options);
  },
};

export const stability: LawDefinition = {
  name: 'stability',
  promise: 'the same subject has the same entry, and the same filter the same rule, each time',
  check: (mapping, options) =>
    checkLaw(
      {
        small: smallSubjects(2),
        random: anySubject,
        judge: (subject): Finding => {
          const [first, again] = [attempt(() => mapping.encode(subject)), attempt(() => mapping.encode(subject))];
          const same =
            'value' in first ? 'value' in again && canonical(first.value) === canonical(again.value) : 'error' in again;
          if (!same) return { subject, message: `encode('${subject}') is not deterministic: two calls differ` };
          const rules = [attempt(() => mapping.rule(subject)), attempt(() => mapping.rule(subject))];
          if (new Set(rules.map((rule) => ('value' in rule ? canonical(rule.value) : 'error'))).size === 1)
            return 'kept';
          return { filter: subject, message: `rule('${subject}') is not deterministic: two calls differ` };
        },
      },
      options,
    ),
};

/** Small subjects with their entries as canonical JSON, or with what `encode` threw. */
export function entriesOf(mapping: SubjectMapping): readonly (readonly [string, string])[] {
  return smallSubjects(2).map((subject) => {
    const encoded = attempt(() => mapping.encode(subject));
    return [subject, 'value' in encoded ? canonical(encoded.value) : `throws ${describeError(encoded.error)}`] as const;
  });
}

/** A subject without an entry is for the law of totality to judge. */
function withEntry(mapping: SubjectMapping, subject: string, judge: (entry: EventEntry) => Finding): Finding {
  const encoded = attempt(() => mapping.encode(subject));
  return 'value' in encoded ? judge(encoded.value) : 'unmappable';
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
