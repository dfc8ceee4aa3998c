import type { World } from '../service.ts';
import type { FunctionName } from './named-function.ts';
import { accessDenied, invalidParameterValue, resourceNotFound } from './refusals.ts';
import type { LambdaFunction, LambdaState, Version } from './state.ts';

/** NAME, ACCOUNT:function:NAME or the ARN, each with or without a qualifier; the model has checked the form. */
const namePattern = /^(?:arn:aws[\w-]*:lambda:([\w-]+):)?(?:(\d{12}):)?(?:function:)?([\w-]+)(?::([\w$-]+))?$/;

/** Takes a name apart. A qualifier of its own and one of the request must be the same. */
export function parseFunctionName(text: string, world: World, qualifier?: string): FunctionName {
  const match = namePattern.exec(text);
  const [, region, accountId, name = text, own] = match ?? [];
  if (region !== undefined && region !== world.region) {
    throw resourceNotFound(`Functions from '${region}' are not reachable in this region ('${world.region}')`);
  }
  if (accountId !== undefined && accountId !== world.accountId) {
    throw accessDenied();
  }
  if (own !== undefined && qualifier !== undefined && own !== qualifier) {
    throw invalidParameterValue('The derived qualifier from the function name does not match the specified qualifier.');
  }
  return { name, qualifier: qualifier ?? own };
}

export function functionArn(world: World, { name, qualifier }: FunctionName): string {
  const arn = `arn:aws:lambda:${world.region}:${world.accountId}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}

/** The function of that name, whatever its qualifier. */
export function findFunction(state: LambdaState, world: World, name: FunctionName): LambdaFunction {
  const found = state.functions.get(name.name);
  if (found === undefined) throw resourceNotFound(`Function not found: ${functionArn(world, name)}`);
  return found;
}

/** A function with the version that a qualifier leads to. */
export interface QualifiedFunction {
  readonly fn: LambdaFunction;
  readonly version: Version;
  /** The ARN as it was asked for. */
  readonly arn: string;
}

/** Where an alias has two versions `share`, in [0, 1), decides. */
export function findVersion(
  state: LambdaState,
  world: World,
  name: FunctionName,
  share: () => number = () => 1,
): QualifiedFunction {
  const fn = findFunction(state, world, name);
  const arn = functionArn(world, name);
  const { qualifier } = name;
  if (qualifier === undefined || qualifier === '$LATEST') return { fn, version: fn.latest, arn };
  const alias = fn.aliases.get(qualifier);
  const version = fn.versions.get(alias === undefined ? qualifier : pickVersion(alias, share));
  if (version === undefined && alias?.version === '$LATEST') return { fn, version: fn.latest, arn };
  if (version === undefined) throw resourceNotFound(`Function not found: ${arn}`);
  return { fn, version, arn };
}

function pickVersion(
  { version, weights }: { readonly version: string; readonly weights: Readonly<Record<string, number>> },
  share: () => number,
): string {
  const [other, weight] = Object.entries(weights)[0] ?? [];
  return other !== undefined && weight !== undefined && share() < weight ? other : version;
}
