import { bufferOf, fromJson, isRecord, shapeOf, toJson } from '../codecs/json.ts';
import { MismatchError } from '../codecs/mismatch.ts';
import { AwsError } from '../errors.ts';
import type { Member, ServiceModel, StructureShape } from '../model.ts';
import { errorBody, parseDocument } from './json.ts';
import { statusOf } from './protocol.ts';
import type { Protocol, WireRequest } from './protocol.ts';

/** `restJson1`: the operation is method and path; members travel in path, query, headers and body. */
export const restJsonProtocol: Protocol = {
  operationOf: (request, service) => routeOf(request, service.model)?.operation,
  read: (request, service, operation) => readInput(request, service.model, operation),
  answer: ({ model }, operation, output, { requestId }) => {
    const { output: shapeName, http } = model.operations[operation] ?? {};
    const value = isRecord(output) ? output : {};
    const { status, headers, body } = writeOutput(model, shapeName, value);
    return {
      status: status ?? http?.status ?? 200,
      headers: { 'content-type': 'application/json', ...headers, 'x-amzn-requestid': requestId },
      body,
    };
  },
  refuse: (service, error, { requestId }) => {
    const { type, body } = errorBody(service, error);
    return {
      status: statusOf(service, error),
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': type, 'x-amzn-requestid': requestId },
      body: JSON.stringify({ Type: error.fault === 'Sender' ? 'User' : 'Service', ...body }),
    };
  },
  unknownOperation: () => new AwsError('UnknownOperationException', '', { status: 404 }),
};

interface Route {
  readonly operation: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Template {
  readonly operation: string;
  readonly method: string;
  readonly pattern: RegExp;
  readonly query: string | undefined;
  readonly literals: number;
}

const templates = new WeakMap<ServiceModel, readonly Template[]>();

function routeOf({ method, path, query }: WireRequest, model: ServiceModel): Route | undefined {
  let known = templates.get(model);
  if (known === undefined) {
    known = Object.entries(model.operations)
      .map(([operation, { http }]) => compileTemplate(operation, http?.method ?? 'POST', http?.uri ?? '/'))
      .sort((a, b) => b.literals - a.literals);
    templates.set(model, known);
  }
  for (const template of known) {
    if (template.method !== method) continue;
    if (template.query !== undefined && !new URLSearchParams(query).has(template.query)) continue;
    const found = template.pattern.exec(path);
    if (found === null) continue;
    const labels = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decode(text)] as const);
    return { operation: template.operation, labels: Object.fromEntries(labels) };
  }
  return undefined;
}

/** `/2015-03-31/functions/{FunctionName}/invocations`; `{Name+}` takes slashes too. */
function compileTemplate(operation: string, method: string, uri: string): Template {
  const [path = '/', query] = uri.split('?');
  const parts = path.split('/').filter((part) => part !== '');
  const pattern = parts.map((part) => {
    const label = /^\{(\w+)(\+?)\}$/.exec(part);
    if (label === null) return `/${part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}`;
    return `/(?<${label[1]}>${label[2] === '+' ? '.+' : '[^/]+'})`;
  });
  const literals = parts.filter((part) => !part.startsWith('{')).length + (query === undefined ? 0 : 1);
  return { operation, method, pattern: new RegExp(`^${pattern.join('')}/?$`), query, literals };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new AwsError('SerializationException', '', { cause });
  }
}

function readInput(request: WireRequest, model: ServiceModel, operation: string): unknown {
  const shapeName = model.operations[operation]?.input;
  if (shapeName === undefined) return {};
  const shape = shapeOf(model, shapeName);
  if (shape.type !== 'structure') return {};
  const labels = routeOf(request, model)?.labels ?? {};
  const query = new URLSearchParams(request.query);
  const input: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const value = readBound(request, model, member, member.locationName ?? name, { labels, query });
    if (value !== undefined) input[name] = value;
  }
  return { ...input, ...readBody(request, model, shapeName, shape) };
}

function readBound(
  { headers }: WireRequest,
  model: ServiceModel,
  member: Member,
  name: string,
  { labels, query }: { readonly labels: Readonly<Record<string, string>>; readonly query: URLSearchParams },
): unknown {
  switch (member.location) {
    case 'uri':
      return scalarOf(model, member, labels[name]);
    case 'querystring':
      if (shapeOf(model, member.shape).type === 'list') return query.has(name) ? query.getAll(name) : undefined;
      return scalarOf(model, member, query.get(name) ?? undefined);
    case 'header':
      return scalarOf(model, member, headers[name.toLowerCase()]);
    case 'headers':
    case 'statusCode':
    case undefined:
      return undefined;
    default:
      return member.location satisfies never;
  }
}

function scalarOf(model: ServiceModel, { shape: shapeName }: Member, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const { type } = shapeOf(model, shapeName);
  const fail = (): never => {
    throw new MismatchError({ expected: type, shape: shapeName, found: 'string', value: text });
  };
  if (type === 'integer' || type === 'long') return /^-?\d+$/.test(text) ? Number(text) : fail();
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : fail();
  return text;
}

function readBody(
  { body }: WireRequest,
  model: ServiceModel,
  shapeName: string,
  shape: StructureShape,
): Readonly<Record<string, unknown>> {
  const payload = shape.payload === undefined ? undefined : shape.members[shape.payload];
  if (shape.payload !== undefined && payload !== undefined) {
    if (body.length === 0) return {};
    const isBytes = shapeOf(model, payload.shape).type === 'blob';
    return { [shape.payload]: isBytes ? body : fromJson(model, payload.shape, parseDocument(body)) };
  }
  const isWithoutBody = Object.values(shape.members).every(({ location }) => location !== undefined);
  if (isWithoutBody) return {};
  const document = fromJson(model, shapeName, renamed(shape, parseDocument(body)));
  return isRecord(document) ? document : {};
}

/** Members of a body under the model's names; what travels elsewhere is not read from it. */
function renamed(shape: StructureShape, document: unknown): unknown {
  if (!isRecord(document)) return document;
  return Object.fromEntries(
    Object.entries(shape.members)
      .filter(([, { location }]) => location === undefined)
      .map(([name, { locationName }]) => [name, document[locationName ?? name]]),
  );
}

function writeOutput(
  model: ServiceModel,
  shapeName: string | undefined,
  value: Readonly<Record<string, unknown>>,
): { readonly status?: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer } {
  const shape = shapeName === undefined ? undefined : shapeOf(model, shapeName);
  if (shape?.type !== 'structure' || shapeName === undefined) return { headers: {}, body: Buffer.alloc(0) };
  const headers: Record<string, string> = {};
  const inBody: Record<string, unknown> = {};
  let status: number | undefined;
  for (const [name, member] of Object.entries(shape.members)) {
    const item = value[name];
    if (item === undefined) continue;
    if (member.location === 'statusCode') status = Number(item);
    else if (member.location === 'header') headers[(member.locationName ?? name).toLowerCase()] = headerText(item);
    else inBody[name] = item;
  }
  const statusPart = status === undefined ? {} : { status };
  if (shape.payload !== undefined) {
    const payload = inBody[shape.payload];
    const member = shape.members[shape.payload];
    if (payload instanceof Uint8Array) return { ...statusPart, headers, body: bufferOf(payload) };
    if (payload === undefined || member === undefined) return { ...statusPart, headers, body: Buffer.alloc(0) };
    return { ...statusPart, headers, body: JSON.stringify(toJson(model, member.shape, payload)) };
  }
  return { ...statusPart, headers, body: JSON.stringify(toJson(model, shapeName, inBody)) };
}

function headerText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
