import { createRuleSet, InvalidPatternError } from '../patterns/index.ts';
import { lambdaQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { refuseUnsupported } from '../unsupported.ts';
import { functionArn, parseFunctionName } from './function-name.ts';
import type { CreateEventSourceMappingRequest, FilterCriteria } from './generated/shapes.ts';
import type { Mapping, MappingSettings, StreamSettings } from './mapping.ts';
import { invalidParameterValue } from './refusals.ts';
import type { LambdaState } from './state.ts';

/** The members that CreateEventSourceMapping and its update share. */
export type MappingRequest = Omit<CreateEventSourceMappingRequest, 'FunctionName'> & {
  readonly FunctionName?: string | undefined;
};

/** The settings that a request makes of `former`, or of the defaults; throws AWS's complaint. */
export function mappingSettings(
  world: World,
  state: LambdaState,
  source: Pick<Mapping, 'kind' | 'sourceArn'>,
  request: MappingRequest,
  former?: MappingSettings,
): MappingSettings {
  refuseUnsupported(request, notThere);
  const batchSize =
    request.BatchSize ??
    former?.batchSize ??
    (source.kind === 'queue' ? lambdaQuotas.queueBatchDefault : lambdaQuotas.streamBatchDefault);
  const windowSeconds = request.MaximumBatchingWindowInSeconds ?? former?.windowSeconds ?? 0;
  checkBatch(source, batchSize, windowSeconds);
  if (source.kind === 'queue' && request.DestinationConfig !== undefined) {
    throw unsupportedDestination();
  }
  return {
    ...(request.FunctionName === undefined && former
      ? { functionName: former.functionName, functionArn: former.functionArn }
      : findTarget(world, state, request.FunctionName ?? '')),
    batchSize,
    windowSeconds,
    responseTypes: request.FunctionResponseTypes ?? former?.responseTypes ?? [],
    filters: request.FilterCriteria === undefined ? (former?.filters ?? []) : compileFilters(request.FilterCriteria),
    concurrencyMax:
      request.ScalingConfig === undefined ? former?.concurrencyMax : request.ScalingConfig.MaximumConcurrency,
    ...(source.kind === 'stream' && { stream: streamSettings(source.sourceArn, request, former?.stream) }),
  };
}

/** Features of mappings that the emulator has nothing for. */
const notThere = [
  'TumblingWindowInSeconds',
  'ProvisionedPollerConfig',
  'MetricsConfig',
  'LoggingConfig',
  'SourceAccessConfigurations',
];

export function unsupportedDestination() {
  return invalidParameterValue('Unsupported DestinationConfig parameter for given event source mapping type.');
}

function findTarget(
  world: World,
  state: LambdaState,
  text: string,
): Pick<MappingSettings, 'functionName' | 'functionArn'> {
  const functionName = parseFunctionName(text, world);
  const fn = state.functions.get(functionName.name);
  const { qualifier } = functionName;
  const known =
    qualifier === undefined || qualifier === '$LATEST' || fn?.versions.has(qualifier) || fn?.aliases.has(qualifier);
  if (fn === undefined || known !== true) throw invalidParameterValue('Function does not exist');
  return { functionName, functionArn: functionArn(world, functionName) };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
function checkBatch(
  { kind, sourceArn }: Pick<Mapping, 'kind' | 'sourceArn'>,
  size: number,
  windowSeconds: number,
): void {
  if (kind !== 'queue') return;
  const { unwindowedQueueBatchMax: sizeMax } = lambdaQuotas;
  if (sourceArn.endsWith('.fifo')) {
    if (windowSeconds > 0) {
      throw invalidParameterValue('Batching window is not supported for FIFO queues');
    }
    if (size > sizeMax) throw invalidParameterValue(`Maximum batch size for FIFO queues is ${sizeMax}`);
  } else if (size > sizeMax && windowSeconds === 0) {
    throw invalidParameterValue(
      `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${sizeMax}`,
    );
  }
}

function compileFilters({ Filters = [] }: FilterCriteria): MappingSettings['filters'] {
  return Filters.map(({ Pattern = '' }) => {
    const rules = createRuleSet();
    try {
      rules.add('filter', Pattern);
    } catch (error) {
      if (error instanceof InvalidPatternError) throw invalidParameterValue('Invalid filter pattern definition.');
      throw error;
    }
    return { text: Pattern, rules };
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
function streamSettings(arn: string, request: MappingRequest, former: StreamSettings | undefined): StreamSettings {
  const startingPosition = former?.startingPosition ?? request.StartingPosition;
  if (startingPosition === undefined) {
    throw invalidParameterValue(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (startingPosition === 'AT_TIMESTAMP')
    throw invalidParameterValue(`Unsupported starting position for arn type: ${arn}`);
  return {
    startingPosition,
    bisect: request.BisectBatchOnFunctionError ?? former?.bisect ?? false,
    retriesMax: request.MaximumRetryAttempts ?? former?.retriesMax ?? -1,
    recordAgeMaxSeconds: request.MaximumRecordAgeInSeconds ?? former?.recordAgeMaxSeconds ?? -1,
    parallelization: request.ParallelizationFactor ?? former?.parallelization ?? 1,
    onFailure:
      request.DestinationConfig === undefined ? former?.onFailure : request.DestinationConfig.OnFailure?.Destination,
  };
}
