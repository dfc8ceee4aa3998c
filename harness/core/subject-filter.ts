import type { Subject, SubjectPattern } from './brand.ts';

/**
 * Does the filter match the subject? `*` stands for one token, `>` at the end for one or more; both must be valid.
 *
 * @see https://docs.nats.io/nats-concepts/subjects
 */
export function filterMatches(filter: SubjectPattern, subject: Subject): boolean {
  const wanted = filter.split('.');
  const tokens = subject.split('.');
  for (const [index, want] of wanted.entries()) {
    if (want === '>') return tokens.length > index;
    if (index >= tokens.length || (want !== '*' && want !== tokens[index])) return false;
  }
  return wanted.length === tokens.length;
}
