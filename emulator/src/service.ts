import type { Clock } from './clock.ts';
import type { AwsError } from './errors.ts';
import type { Text } from './late-text.ts';
import type { Mismatch } from './codecs/mismatch.ts';
import type { OperationModel, ServiceModel } from './model.ts';
import type { PermissionId } from './permissions/index.ts';
import type { Violation } from './validation.ts';

/**
 * One account's share of AWS: its time, its chance and its state. Worlds share nothing.
 */
export interface World {
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  /**
   * Where AWS is free, which option does it take? 0 is the friendly one and the only one without permission; `key` is
   * resource and ordinal, so that leaving a call out does not change the answers to others.
   */
  readonly choose: (point: PermissionId, key: string, options: number) => number;
  /** May the world do anything that is not friendly? */
  readonly isAdverse: boolean;
  /**
   * How often it was asked with this name, and this kind, before: for the keys of choices, and only in a world that is
   * adverse.
   */
  readonly ordinal: (name: string, kind?: string) => number;
  /** In [0, 1), from the world's seed: ids, receipt handles, never behaviour. */
  readonly random: () => number;
  /** A service's plain data, made by its `createState` on first use. */
  readonly state: <S>(service: ServiceDefinition<S>) => S;
  /** The one way by which a service reaches another: a rule's target, a topic's subscription, a stream's reader. */
  readonly deliver: (delivery: Delivery) => Promise<DeliveryResult>;
  /** Calls an operation as a caller inside the world does: a function's code, a mapping that polls. Errors are the SDK's. */
  readonly call: (service: string, operation: string, input: object) => Promise<unknown>;
  /** Waits inside the world: until `resume` is called, the caller does not count as busy. */
  readonly park: <T>(begin: (resume: (value: T) => void) => void) => Promise<T>;
  /** Runs `work` as busy without anybody waiting for it: a retry that comes due, a stream's reader. A rejection is a bug. */
  readonly spawn: (work: () => Promise<void>) => void;
  /** The world of the same account in another Region, or of another account that the same emulator knows. */
  readonly sibling: (place: { readonly accountId?: string; readonly region?: string }) => World | undefined;
}

/** Something that one service hands to a resource of another. */
export interface Delivery {
  /** Of the receiving resource: a queue, a topic, a function, a bus. */
  readonly targetArn: string;
  /** The acting service and resource, as a resource policy would see them. */
  readonly sourceArn: string;
  readonly principal: string;
  readonly body: Text;
  readonly attributes?: Readonly<Record<string, DeliveryAttribute>>;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  /** `X-Amzn-Trace-Id` of the call that set it off. */
  readonly traceHeader?: string;
  /** `event`: do not wait for a function's answer. */
  readonly invocation?: 'event' | 'request-response';
}

export interface DeliveryAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: Uint8Array;
}

/** `retryable: false` is what AWS treats as a client-side error: no retry, straight to the dead-letter queue. */
export type DeliveryResult =
  | { readonly ok: true; readonly payload?: string; readonly functionError?: string }
  | { readonly ok: false; readonly retryable: boolean; readonly code: string; readonly message: string };

/** What a call brings beside its input. */
export interface CallContext {
  readonly world: World;
  /** The base URL the caller reached, for URLs in answers: `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  readonly requestId: string;
  /** `X-Amzn-Trace-Id`, where the caller sent it. */
  readonly traceHeader?: string | undefined;
  /** Aborted when the caller has gone; made for those only who ask. */
  readonly signal: () => AbortSignal;
}

/** One AWS operation, in a file of its own named after it: `operations/send-message.ts` is `SendMessage`. */
export interface Operation<Input, Output, State> {
  readonly handle: (input: Input, state: State, context: CallContext) => Output | Promise<Output>;
  /** That it is taken as AWS takes it and brings nothing about: what it does not do, for the operation table. */
  readonly hasNoEffect?: string;
  /** What it does less of than AWS, for the operation table. */
  readonly caveat?: string;
  /** That it only says what is wrong with its input, and else answers as to an unknown operation: why, for the table. */
  readonly refuses?: string;
}

export interface ServiceDefinition<State> {
  /** As in a SigV4 credential scope: `sqs`, `sns`, `events`, `dynamodb`, `lambda`, `sts`, `iam`. */
  readonly name: string;
  readonly createState: (world: World) => State;
  /** Takes what another service delivers to an ARN of this one. */
  readonly receive?: (delivery: Delivery, state: State, world: World) => Promise<DeliveryResult>;
  /** The model for the query protocol where the service also speaks that, with the names it has there. */
  readonly queryModel?: (model: ServiceModel) => ServiceModel;
  /** An error as the query protocol has it, where it differs: another code, status or message. */
  readonly queryError?: (error: AwsError) => AwsError;
  /** What the service answers to input that breaks its model; absent: as most services do. `undefined`: it lets it pass. */
  readonly invalid?: (violations: readonly Violation[], operation: string, input: unknown) => AwsError | undefined;
  /** What the service answers to input that is not of the model's types; absent: as most services do. */
  readonly mismatched?: (mismatch: Mismatch, operation: string) => AwsError;
  /** Input of a query call that was sent to a path of its own, as SQS's are to a queue's URL. */
  readonly onPath?: (path: string, operation: string, input: unknown) => unknown;
  /** Has the last word on what operation a call without a known one is answered with. */
  readonly unknownOperation?: (operation: string) => AwsError;
}

/** A service with its model and its operations, ready to be called. */
export interface LoadedService {
  readonly definition: ServiceDefinition<unknown>;
  readonly model: ServiceModel;
  readonly queryModel?: ServiceModel;
  readonly operations: ReadonlyMap<string, LoadedOperation>;
}

export interface LoadedOperation extends Operation<unknown, unknown, unknown> {
  readonly name: string;
  /** `sqs.SendMessage` */
  readonly fullName: string;
  readonly model: OperationModel;
}
