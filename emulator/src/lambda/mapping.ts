import type { RuleSet } from '../patterns/index.ts';
import type { World } from '../service.ts';
import type { FunctionName } from './named-function.ts';
import type { EventSourceMappingConfiguration } from './generated/shapes.ts';

/** An event source mapping: what is polled, and how what it finds reaches the function. */
export interface Mapping {
  readonly id: string;
  readonly kind: 'queue' | 'stream';
  readonly sourceArn: string;
  readonly tags: Map<string, string>;
  settings: MappingSettings;
  enabled: boolean;
  modifiedMs: number;
  lastResult: string;
  /** Grows with every change: a poller of an earlier run stops. */
  run: number;
  /** Batches handed to the function so far: keys of the liberties taken with them. */
  batches: number;
}

export interface MappingSettings {
  readonly functionName: FunctionName;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly responseTypes: readonly string[];
  /** As given, and compiled: a record passes if it matches any. */
  readonly filters: readonly { readonly text: string; readonly rules: RuleSet }[];
  /** For queues: batches at a time. */
  readonly concurrencyMax?: number | undefined;
  /** For streams. */
  readonly stream?: StreamSettings | undefined;
}

export interface StreamSettings {
  readonly startingPosition: string;
  readonly bisect: boolean;
  /** -1: without limit. */
  readonly retriesMax: number;
  /** -1: without limit. */
  readonly recordAgeMaxSeconds: number;
  readonly parallelization: number;
  readonly onFailure?: string | undefined;
}

/** A mapping as AWS answers it; members as recorded, queues' and streams' differ. */
export function renderMapping(
  world: World,
  { id, sourceArn, settings, modifiedMs, kind, lastResult }: Mapping,
  state: string,
): EventSourceMappingConfiguration {
  const { stream, filters } = settings;
  return {
    UUID: id,
    EventSourceMappingArn: `arn:aws:lambda:${world.region}:${world.accountId}:event-source-mapping:${id}`,
    EventSourceArn: sourceArn,
    FunctionArn: settings.functionArn,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.windowSeconds,
    FunctionResponseTypes: settings.responseTypes,
    LastModified: new Date(modifiedMs),
    State: state,
    StateTransitionReason: kind === 'queue' ? 'USER_INITIATED' : 'User action',
    ...(filters.length > 0 && { FilterCriteria: { Filters: filters.map(({ text }) => ({ Pattern: text })) } }),
    ...(settings.concurrencyMax !== undefined && { ScalingConfig: { MaximumConcurrency: settings.concurrencyMax } }),
    ...(stream && {
      StartingPosition: stream.startingPosition,
      BisectBatchOnFunctionError: stream.bisect,
      MaximumRetryAttempts: stream.retriesMax,
      MaximumRecordAgeInSeconds: stream.recordAgeMaxSeconds,
      ParallelizationFactor: stream.parallelization,
      TumblingWindowInSeconds: 0,
      LastProcessingResult: lastResult,
      DestinationConfig: { OnFailure: stream.onFailure === undefined ? {} : { Destination: stream.onFailure } },
    }),
  };
}

/** What GetEventSourceMapping calls a mapping that nothing is being done to. */
export function stateOf({ enabled }: Mapping): string {
  return enabled ? 'Enabled' : 'Disabled';
}
