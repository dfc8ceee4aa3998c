import type { AwsError } from '../errors.ts';
import type { LoadedService } from '../service.ts';

/** An HTTP request, whole; header names in lower case. */
export interface WireRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a request asks for. */
export interface WireCall {
  readonly operation: string;
  /** In the model's own types. */
  readonly input: unknown;
}

/** One wire form. `read` throws an AwsError, or a MismatchError where a value is not of its shape's type. */
export interface Protocol {
  readonly operationOf: (request: WireRequest, service: LoadedService) => string | undefined;
  readonly read: (request: WireRequest, service: LoadedService, operation: string) => unknown;
  readonly answer: (service: LoadedService, operation: string, output: unknown, context: AnswerContext) => WireResponse;
  readonly refuse: (service: LoadedService, error: AwsError, context: AnswerContext) => WireResponse;
  readonly unknownOperation: (service: LoadedService, operation: string | undefined) => AwsError;
}

export interface AnswerContext {
  readonly requestId: string;
  readonly request: WireRequest;
}

/** The status an error is answered with: its own, else that of its shape. */
export function statusOf({ definition, model }: LoadedService, error: AwsError): number {
  if (model.queryCompatible && definition.queryError !== undefined) return definition.queryError(error).status;
  const shape = model.shapes[error.code];
  const modelled = shape?.type === 'structure' ? shape.error?.status : undefined;
  return error.status === 400 ? (modelled ?? 400) : error.status;
}
