import type { AwsError } from '../errors.ts';
import type { ServiceModel, StructureShape } from '../model.ts';
import type { LoadedService } from '../service.ts';

/** An HTTP request, whole; header names in lower case, values that came more than once joined. */
export interface WireRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text goes out as UTF-8. */
  readonly body: string | Buffer;
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
  return error.status === 400 ? (errorShapeOf(model, error.code)?.shape.error?.status ?? 400) : error.status;
}

export interface ErrorShape {
  readonly name: string;
  readonly shape: StructureShape;
}

const errorShapes = new WeakMap<ServiceModel, ReadonlyMap<string, ErrorShape>>();

/** The modelled error of a code, which may be the shape's own name or the code it has on the wire. */
export function errorShapeOf(model: ServiceModel, code: string): ErrorShape | undefined {
  let known = errorShapes.get(model);
  if (known === undefined) {
    const found = new Map<string, ErrorShape>();
    for (const [name, shape] of Object.entries(model.shapes)) {
      if (shape.type !== 'structure' || shape.error === undefined) continue;
      found.set(name, { name, shape });
      const { code: wireCode = name } = shape.error;
      if (!found.has(wireCode)) found.set(wireCode, { name, shape });
    }
    known = found;
    errorShapes.set(model, known);
  }
  return known.get(code);
}
