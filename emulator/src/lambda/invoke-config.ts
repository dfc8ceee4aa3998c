import type { World } from '../service.ts';
import { functionArn } from './function-name.ts';
import type { FunctionName } from './named-function.ts';
import type { DestinationConfig, FunctionEventInvokeConfig } from './generated/shapes.ts';
import { invalidParameterValue, resourceNotFound } from './refusals.ts';
import type { InvokeConfig, LambdaFunction, LambdaState } from './state.ts';

const destinationServices: ReadonlySet<string> = new Set(['sqs', 'sns', 'lambda', 'events', 's3']);

/** What PutFunctionEventInvokeConfig and its update take. */
export interface InvokeConfigRequest {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?: DestinationConfig | undefined;
}

/** Replaces the configuration, or with `former` changes what the request names. */
export function putInvokeConfig(
  world: World,
  state: LambdaState,
  name: FunctionName,
  request: InvokeConfigRequest,
  former?: InvokeConfig,
): InvokeConfig {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = request;
  if (MaximumRetryAttempts === undefined && MaximumEventAgeInSeconds === undefined && DestinationConfig === undefined) {
    throw invalidParameterValue('You must specify at least one of error handling or destination setting.');
  }
  const fn = requireFunction(state, name);
  checkDestinations(state, fn, DestinationConfig);
  const config: InvokeConfig = {
    retriesMax: MaximumRetryAttempts ?? former?.retriesMax,
    eventAgeMaxSeconds: MaximumEventAgeInSeconds ?? former?.eventAgeMaxSeconds,
    onSuccess: DestinationConfig === undefined ? former?.onSuccess : DestinationConfig.OnSuccess?.Destination,
    onFailure: DestinationConfig === undefined ? former?.onFailure : DestinationConfig.OnFailure?.Destination,
    modifiedMs: world.clock.epochMs(),
  };
  fn.invokeConfigs.set(keyOf(name), config);
  return config;
}

/** The configuration for a qualifier, which must be there. */
export function findInvokeConfig(world: World, state: LambdaState, name: FunctionName): InvokeConfig {
  const config = state.functions.get(name.name)?.invokeConfigs.get(keyOf(name));
  if (config === undefined) {
    const arn = functionArn(world, { name: name.name, qualifier: keyOf(name) });
    throw resourceNotFound(`The function ${arn} doesn't have an EventInvokeConfig`);
  }
  return config;
}

export function renderInvokeConfig(world: World, name: FunctionName, config: InvokeConfig): FunctionEventInvokeConfig {
  return {
    LastModified: new Date(config.modifiedMs),
    FunctionArn: functionArn(world, { name: name.name, qualifier: keyOf(name) }),
    MaximumRetryAttempts: config.retriesMax,
    MaximumEventAgeInSeconds: config.eventAgeMaxSeconds,
    DestinationConfig: {
      OnSuccess: config.onSuccess === undefined ? {} : { Destination: config.onSuccess },
      OnFailure: config.onFailure === undefined ? {} : { Destination: config.onFailure },
    },
  };
}

export function keyOf({ qualifier }: FunctionName): string {
  return qualifier ?? '$LATEST';
}

/** The function with that version or alias. */
export function requireFunction(state: LambdaState, name: FunctionName): LambdaFunction {
  const fn = state.functions.get(name.name);
  const { qualifier } = name;
  const known =
    qualifier === undefined || qualifier === '$LATEST' || fn?.versions.has(qualifier) || fn?.aliases.has(qualifier);
  if (fn === undefined || known !== true) throw resourceNotFound("The function doesn't exist.");
  return fn;
}

function checkDestinations(state: LambdaState, fn: LambdaFunction, config: DestinationConfig | undefined): void {
  const onSuccess = config?.OnSuccess?.Destination;
  const onFailure = config?.OnFailure?.Destination;
  for (const target of [onSuccess, onFailure]) {
    if (target === undefined || target === '') continue;
    const [, , service = '', , , kind, name = ''] = target.split(':');
    if (!destinationServices.has(service)) {
      const success = onSuccess === undefined ? 'null' : `OnSuccess(destination=${onSuccess})`;
      const failure = onFailure === undefined ? 'null' : `OnFailure(destination=${onFailure})`;
      throw invalidParameterValue(
        `The provided destination config DestinationConfig(onSuccess=${success}, onFailure=${failure}) is invalid.`,
      );
    }
    if (service !== 'lambda' || kind !== 'function') continue;
    if (name === fn.name) throw invalidParameterValue("You can't specify the function as a destination for itself.");
    if (!state.functions.has(name)) throw invalidParameterValue(`The destination ARN ${target} is invalid.`);
  }
}
