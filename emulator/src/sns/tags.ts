import { AwsError } from '../errors.ts';
import { snsQuotas } from '../quotas.ts';
import { invalidParameter } from './invalid-parameter.ts';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Adds tags to those of a resource, or gives them new values. */
export function putTags(tags: Map<string, string>, added: readonly Tag[]): void {
  const keys = new Set(added.map(({ Key }) => Key));
  if (keys.size < added.length) throw invalidParameter('Duplicated keys are not allowed.');
  if (new Set([...tags.keys(), ...keys]).size > snsQuotas.tagsMax) {
    throw new AwsError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded');
  }
  for (const { Key, Value } of added) tags.set(Key, Value);
}

export function renderTags(tags: ReadonlyMap<string, string>): readonly Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
