import { lambdaQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { revise } from './changes.ts';
import { findFunction, parseFunctionName } from './function-name.ts';
import { invalidParameterValue, resourceNotFound } from './refusals.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

/** The tags of a function or a mapping, to read. */
export function findTags(state: LambdaState, world: World, arn: string): ReadonlyMap<string, string> {
  return taggedBy(state, world, arn).tags;
}

/** Changes the tags of a function or a mapping; that is another revision of a function. */
export function changeTags(
  state: LambdaState,
  world: World,
  arn: string,
  { added, removed = [] }: { readonly added?: Tags; readonly removed?: readonly string[] },
): void {
  const { tags, fn } = taggedBy(state, world, arn);
  if (added !== undefined && Object.keys(added).length === 0) {
    throw invalidParameterValue('An error occurred and the request cannot be processed.');
  }
  checkTags(added, tags);
  for (const [key, value] of Object.entries(added ?? {})) tags.set(key, value);
  for (const key of removed) tags.delete(key);
  if (fn !== undefined) revise(world, fn.latest);
}

/** Refuses more tags than a resource may have. */
export function checkTags(added: Tags | undefined, former: ReadonlyMap<string, string> = new Map()): void {
  if (new Set([...former.keys(), ...Object.keys(added ?? {})]).size <= lambdaQuotas.tagsMax) return;
  throw invalidParameterValue('Number of tags exceeds resource tag limit.');
}

type Tags = Readonly<Record<string, string>>;

interface Tagged {
  readonly tags: Map<string, string>;
  readonly fn?: LambdaFunction;
}

function taggedBy(state: LambdaState, world: World, arn: string): Tagged {
  const mappingId = /:event-source-mapping:([\w-]+)$/.exec(arn)?.[1];
  if (mappingId !== undefined) {
    const mapping = state.mappings.get(mappingId);
    if (mapping === undefined) throw resourceNotFound(`Event source mapping not found: ${arn}`);
    return mapping;
  }
  const name = parseFunctionName(arn, world);
  if (name.qualifier !== undefined) {
    throw invalidParameterValue(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  }
  const fn = findFunction(state, world, name);
  return { tags: fn.tags, fn };
}
