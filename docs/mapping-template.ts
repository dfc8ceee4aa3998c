import type { EventEntry, EventPattern, SubjectMapping } from 'parallax-translator';

/**
 * A subject mapping to begin with. `parallax map verify mapping-template.ts` says which laws it keeps.
 *
 * Try it, then break it: take the count `n` out of the rule, and see by which subject it is caught.
 */

/** The event a subject is sent as. A rule can ask about nothing that is not in here. */
export function encode(subject: string): EventEntry {
  const tokens = subject.split('.');
  const fields = Object.fromEntries(tokens.map((token, index) => [`t${index}`, token]));
  return { source: 'my-system', detailType: 'message', detail: { subject, n: tokens.length, ...fields } };
}

/** The subject of an event, as the receiver learns it. */
export function decode({ detail }: EventEntry): string {
  return String(detail['subject']);
}

/** The rule that matches the events of exactly those subjects that the filter asks for. */
export function rule(filter: string): EventPattern {
  const tokens = filter.split('.');
  const isOpen = tokens.at(-1) === '>';
  const literals = tokens.flatMap((token, index) => (token === '*' || token === '>' ? [] : [[`t${index}`, [token]]]));
  const count = { numeric: [isOpen ? '>=' : '=', tokens.length] };
  const pattern = { source: ['my-system'], detail: { n: [count], ...Object.fromEntries(literals) } };
  if (JSON.stringify(pattern).length > 2_048) throw unmappable(filter, 'a pattern has at most 2048 characters');
  return pattern;
}

/** A mapping may refuse what it cannot express, if it says which token meets which limit on whose page. */
function unmappable(token: string, limit: string): Error {
  const page = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';
  return Object.assign(new Error(`cannot map '${token}': ${limit}`), { token, limit, page });
}

export default { encode, decode, rule } satisfies SubjectMapping;
