import { lambdaQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { findFunction, parseFunctionName } from './function-name.ts';
import { invalidParameterValue, resourceNotFound } from './refusals.ts';
import type { LambdaState } from './state.ts';

/** The tags of a function or a mapping, checked against what `added` would make of them. */
export function findTags(
  state: LambdaState,
  world: World,
  arn: string,
  added?: Readonly<Record<string, string>>,
): Map<string, string> {
  const tags = tagsOf(state, world, arn);
  if (added === undefined) return tags;
  const names = Object.keys(added);
  if (names.length === 0) throw invalidParameterValue('An error occurred and the request cannot be processed.');
  if (new Set([...tags.keys(), ...names]).size > lambdaQuotas.tagsMax) {
    throw invalidParameterValue('Number of tags exceeds resource tag limit.');
  }
  return tags;
}

function tagsOf(state: LambdaState, world: World, arn: string): Map<string, string> {
  const mappingId = /:event-source-mapping:([\w-]+)$/.exec(arn)?.[1];
  if (mappingId !== undefined) {
    const mapping = state.mappings.get(mappingId);
    if (mapping === undefined) throw resourceNotFound(`Event source mapping not found: ${arn}`);
    return mapping.tags;
  }
  const name = parseFunctionName(arn, world);
  if (name.qualifier !== undefined) {
    throw invalidParameterValue(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  }
  return findFunction(state, world, name).tags;
}
