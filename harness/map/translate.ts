import { filterPolicy } from 'parallax-translator/mappings';
import type { EventEntry, EventPattern, SubjectMapping } from 'parallax-translator/mappings';
import { matchesPattern } from 'parallax-emulator/patterns';
import { filterMatches, patternOf, subjectOf, UsageError } from '#core';
import { relate, relationWord } from '../subjects/decide.ts';
import { filterFault, subjectFault } from '../subjects/grammar.ts';
import { filterLanguage } from '../subjects/language.ts';
import { ruleLanguage } from '../subjects/rule-language.ts';
import { eventOf, receives } from './law-agreement.ts';
import { patternCharactersMax } from './law-fit.ts';
import { faultless } from './one-by-one.ts';
import type { Answer } from './one-by-one.ts';

/** A mapping with the name it was asked for by. */
export interface NamedMapping {
  readonly name: string;
  readonly mapping: SubjectMapping;
}

/** The entry as one line of JSON. @throws UsageError where NATS would not route the subject. */
export function encodeAnswer({ mapping }: NamedMapping, subject: string): Answer {
  const line = JSON.stringify(mapping.encode(faultless(subject, subjectFault)));
  if (!subject.split('.').some((token) => token === '*' || token === '>')) return { line };
  return { line, remark: `subject '${subject}' has a wildcard, which NATS routes as a plain token` };
}

/** The subject of an entry that `encode` wrote, or of an event as EventBridge delivers it. */
export function decodeAnswer({ mapping }: NamedMapping, text: string): Answer {
  return { line: mapping.decode(parseEntry(text)) };
}

function parseEntry(text: string): EventEntry {
  const wire = parseJson(text);
  if (typeof wire === 'object' && wire !== null && 'source' in wire && 'detail' in wire) {
    const { source, detail } = wire;
    const detailType = 'detailType' in wire ? wire.detailType : 'detail-type' in wire ? wire['detail-type'] : undefined;
    if (typeof source === 'string' && typeof detailType === 'string' && typeof detail === 'object' && detail !== null)
      return { source, detailType, detail: { ...detail } };
  }
  throw new UsageError(`entry '${text}' is none: expected JSON with source, detailType and detail`);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** The rule as one line of JSON; with `details` also its size, and what SNS can ask of the same filter. */
export function ruleAnswer({ name, mapping }: NamedMapping, filter: string, details: boolean): Answer {
  const rule = mapping.rule(faultless(filter, filterFault));
  if (!details) return { line: JSON.stringify(rule) };
  const characters = JSON.stringify(rule).length;
  const policy = name === 'exact' ? { filterPolicy: describePolicy(filter) } : {};
  return { line: JSON.stringify({ filter, rule, characters, charactersMax: patternCharactersMax, ...policy }) };
}

/** What the filter policy lets through beside the filter, which the receiver then drops: the shortest such subject. */
function describePolicy(filter: string): { readonly policy: EventPattern | null; readonly beside: string | null } {
  const policy = filterPolicy(filter);
  const language = policy === undefined ? filterLanguage('>') : ruleLanguage({ detail: policy });
  return { policy: policy ?? null, beside: relate(filterLanguage(filter), language).onlyRight ?? null };
}

/** Whether the filter asks for the subject by NATS and by the mapping; 1 where the two differ. */
export function matchAnswer({ name, mapping }: NamedMapping, filter: string, subject: string, json: boolean): Answer {
  faultless(filter, filterFault);
  const nats = filterMatches(patternOf(filter), subjectOf(faultless(subject, subjectFault)));
  const entry = mapping.encode(subject);
  const mapped = matchesPattern(mapping.rule(filter), eventOf(entry)) && receives(mapping, filter, entry);
  const code = nats === mapped ? 0 : 1;
  if (json) return { line: JSON.stringify({ filter, subject, nats, [name]: mapped }), code };
  const word = (matches: boolean): string => (matches ? 'match' : 'no match');
  return { line: nats === mapped ? word(nats) : `${word(nats)} by NATS, ${word(mapped)} by ${name}`, code };
}

/** A filter or a rule in the exact mapping's form, as a set of subjects. */
export function languageOf(text: string) {
  const rule = text.startsWith('{') ? parseJson(text) : undefined;
  if (typeof rule === 'object' && rule !== null) return ruleLanguage({ ...rule });
  if (text.startsWith('{')) throw new UsageError(`rule '${text}' is no JSON object`);
  return filterLanguage(faultless(text, filterFault));
}

/** How two filters or rules lie to each other, proven over all subjects; 1 where they are not equal. */
export function relationAnswer(left: string, right: string, json: boolean): Answer {
  const relation = relate(languageOf(left), languageOf(right));
  const word = relationWord(relation);
  const code = word === 'equal' ? 0 : 1;
  if (json) return { line: JSON.stringify({ left, right, relation: word, ...relation }), code };
  const { onlyLeft, onlyRight, both } = relation;
  const sentence = {
    equal: `equal: '${left}' and '${right}' ask for the same subjects`,
    inside: `contained: '${left}' asks for a part of '${right}'`,
    around: `contained: '${right}' asks for a part of '${left}'`,
    overlap: `overlap: '${left}' and '${right}' share a part`,
    apart: `apart: no subject is asked for by '${left}' and '${right}'`,
  }[word];
  const shown = [
    [`only '${left}'`, onlyLeft],
    [`only '${right}'`, onlyRight],
    ['both', both],
  ].flatMap(([name, subject]) => (subject === undefined ? [] : [`  ${name}: ${subject}`]));
  return { line: [sentence, ...shown].join('\n'), code };
}
