import { AwsError } from '../errors.ts';
import { eventsQuotas } from '../quotas.ts';
import type { Tag } from './generated/shapes.ts';

/** Adds tags, or gives those that are there their new values. */
export function setTags(tags: Map<string, string>, added: readonly Tag[] = []): void {
  const keys = new Set([...tags.keys(), ...added.map(({ Key }) => Key)]);
  if (keys.size > eventsQuotas.tagsMax) {
    throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  }
  for (const { Key, Value } of added) tags.set(Key, Value);
}
