import { uuid } from '../ids.ts';
import type { World } from '../service.ts';
import { functionArn } from './function-name.ts';
import type { AliasConfiguration, AliasRoutingConfiguration } from './generated/shapes.ts';
import { invalidParameterValue, preconditionFailed, resourceNotFound } from './refusals.ts';
import type { Alias, LambdaFunction } from './state.ts';

/** What CreateAlias and UpdateAlias may say of an alias. */
export interface AliasRequest {
  readonly FunctionVersion?: string | undefined;
  readonly Description?: string | undefined;
  readonly RoutingConfig?: AliasRoutingConfiguration | undefined;
  readonly RevisionId?: string | undefined;
}

/** Makes an alias, or gives an old one what the request names. */
export function putAlias(world: World, fn: LambdaFunction, name: string, request: AliasRequest): Alias {
  const former = fn.aliases.get(name);
  if (request.RevisionId !== undefined && request.RevisionId !== former?.revisionId) {
    throw preconditionFailed('GetFunction/GetAlias');
  }
  const version = request.FunctionVersion ?? former?.version ?? '$LATEST';
  const weights = request.RoutingConfig?.AdditionalVersionWeights ?? former?.weights ?? {};
  checkVersion(world, fn, version);
  checkWeights(world, fn, version, weights);
  const alias: Alias = {
    name,
    version,
    description: request.Description ?? former?.description ?? '',
    weights,
    revisionId: uuid(world.random),
  };
  fn.aliases.set(name, alias);
  return alias;
}

export function renderAlias(world: World, fn: LambdaFunction, alias: Alias): AliasConfiguration {
  const { name, version, description, weights, revisionId } = alias;
  return {
    AliasArn: functionArn(world, { name: fn.name, qualifier: name }),
    Name: name,
    FunctionVersion: version,
    Description: description,
    RevisionId: revisionId,
    ...(Object.keys(weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: weights } }),
  };
}

/** The alias of that name; `opening` is how AWS begins its complaint. */
export function findAlias(world: World, fn: LambdaFunction, name: string, opening = 'Cannot find alias arn'): Alias {
  const alias = fn.aliases.get(name);
  if (alias === undefined) {
    throw resourceNotFound(`${opening}: ${functionArn(world, { name: fn.name, qualifier: name })}`);
  }
  return alias;
}

function checkVersion(world: World, fn: LambdaFunction, version: string): void {
  if (version === '$LATEST' || fn.versions.has(version)) return;
  throw resourceNotFound(`Function not found: ${functionArn(world, { name: fn.name, qualifier: version })}`);
}

function checkWeights(world: World, fn: LambdaFunction, version: string, weights: Alias['weights']): void {
  const others = Object.keys(weights);
  if (others.length === 0) return;
  if (others.length > 1)
    throw invalidParameterValue('Number of items in AdditionalVersionWeights cannot be greater than 1');
  if (version === '$LATEST') {
    throw invalidParameterValue('$LATEST is not supported for an alias pointing to more than 1 version');
  }
  for (const other of others) {
    if (other === version) {
      throw invalidParameterValue(
        `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
      );
    }
    checkVersion(world, fn, other);
  }
}
