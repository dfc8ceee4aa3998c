import type { Mapping } from './mapping.ts';
import { resourceNotFound } from './refusals.ts';
import type { LambdaState } from './state.ts';

/** The mapping of that UUID. */
export function findMapping(state: LambdaState, id: string): Mapping {
  const mapping = state.mappings.get(id);
  if (mapping === undefined) throw resourceNotFound('The resource you requested does not exist.');
  return mapping;
}
