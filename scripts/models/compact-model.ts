import type { Bounds, Member, OperationModel, ServiceModel, Shape } from '../../emulator/src/model.ts';
import type { BotocoreMember, BotocoreModel, BotocoreOperation, BotocoreShape } from './botocore-model.ts';

/** The model without its prose and without what an emulator has no use for. */
export function compactModel(
  raw: BotocoreModel,
  service: string,
  origin: { readonly source: string; readonly releasedOn: string },
): ServiceModel {
  const { metadata } = raw;
  return {
    service,
    serviceId: metadata.serviceId,
    apiVersion: metadata.apiVersion,
    ...origin,
    protocol: metadata.protocol,
    ...(metadata.jsonVersion && { jsonVersion: metadata.jsonVersion }),
    ...(metadata.targetPrefix && { targetPrefix: metadata.targetPrefix }),
    ...(metadata.xmlNamespace && { xmlNamespace: metadata.xmlNamespace }),
    ...(metadata.awsQueryCompatible && { queryCompatible: true }),
    operations: mapValues(raw.operations, compactOperation),
    shapes: mapValues(raw.shapes, compactShape),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function compactOperation({ http, input, output, errors }: BotocoreOperation): OperationModel {
  const plain = http.method === 'POST' && http.requestUri === '/';
  return {
    ...(input && { input: input.shape }),
    ...(output && { output: output.shape }),
    ...(output?.resultWrapper && { resultWrapper: output.resultWrapper }),
    ...(errors && errors.length > 0 && { errors: errors.map(({ shape }) => shape) }),
    ...(!plain && {
      http: {
        method: http.method,
        uri: http.requestUri,
        ...(http.responseCode !== undefined && { status: http.responseCode }),
      },
    }),
  };
}

function compactShape(shape: BotocoreShape): Shape {
  const bounds: Bounds = {
    ...(shape.min !== undefined && { min: shape.min }),
    ...(shape.max !== undefined && { max: shape.max }),
  };
  const sensitive = shape.sensitive ? { sensitive: true as const } : {};
  switch (shape.type) {
    case 'structure':
      return compactStructure(shape);
    case 'list':
      return {
        type: 'list',
        member: compactMember(shape.member),
        ...bounds,
        ...(shape.flattened && { flattened: true }),
      };
    case 'map':
      return {
        type: 'map',
        key: compactMember(shape.key),
        value: compactMember(shape.value),
        ...bounds,
        ...(shape.flattened && { flattened: true }),
      };
    case 'string':
      return {
        type: 'string',
        ...bounds,
        ...(shape.pattern !== undefined && { pattern: shape.pattern }),
        ...(shape.enum && { enum: shape.enum }),
        ...sensitive,
      };
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return { type: shape.type, ...bounds };
    case 'boolean':
    case 'blob':
    case 'timestamp':
      return { type: shape.type, ...bounds, ...sensitive, ...(shape.streaming && { streaming: true }) };
    default:
      throw new Error(`unknown shape type '${shape.type}'`);
  }
}

function compactStructure(shape: BotocoreShape): Shape {
  return {
    type: 'structure',
    members: mapValues(shape.members ?? {}, compactMember),
    ...(shape.required && shape.required.length > 0 && { required: shape.required }),
    ...(shape.union && { union: true }),
    ...(shape.exception && {
      error: {
        ...(shape.error?.code !== undefined && { code: shape.error.code }),
        ...(shape.error?.httpStatusCode !== undefined && { status: shape.error.httpStatusCode }),
        ...(shape.fault && { fault: true }),
      },
    }),
    ...(shape.payload !== undefined && { payload: shape.payload }),
    ...(shape.eventstream && { eventStream: true }),
  };
}

function compactMember(member: BotocoreMember | undefined): Member {
  if (member === undefined) throw new Error('a list or a map without the shape of its members');
  return {
    shape: member.shape,
    ...(member.locationName !== undefined && { locationName: member.locationName }),
    ...(member.location && { location: member.location }),
    ...(member.flattened && { flattened: true }),
    ...(member.idempotencyToken && { idempotencyToken: true }),
  };
}
