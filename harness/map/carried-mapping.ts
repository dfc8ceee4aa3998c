import { UnmappableError } from 'parallax-translator/mappings';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { attempt, describeError, isUnmappable } from './law-check.ts';
import { parseMapping } from './mapping-module.ts';

/**
 * A mapping of the user's to be carried on AWS: what it refuses is refused to the application, whatever the error. An
 * answer of a wrong shape stays a bug of the mapping.
 *
 * @throws UsageError where it lacks a function.
 */
export function carriedMapping(mapping: unknown): SubjectMapping {
  const parsed = parseMapping(mapping, 'mapping');
  return {
    ...parsed,
    encode: (subject) => orRefuse(subject, () => parsed.encode(subject)),
    rule: (pattern) => orRefuse(pattern, () => parsed.rule(pattern)),
  };
}

function orRefuse<T>(text: string, call: () => T): T {
  const answer = attempt(call);
  if ('value' in answer) return answer.value;
  const { error } = answer;
  if (error instanceof UnmappableError) throw error;
  const limit = isUnmappable(error) ? String(Reflect.get(Object(error), 'limit')) : describeError(error);
  const page = isUnmappable(error) ? String(Reflect.get(Object(error), 'page')) : 'the mapping itself';
  throw new UnmappableError(text, limit, page, { cause: error });
}
