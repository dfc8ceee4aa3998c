import { crc32 } from 'node:zlib';
import { fromJson, isRecord, toJson } from '../codecs/json.ts';
import { AwsError } from '../errors.ts';
import type { LoadedService } from '../service.ts';
import { statusOf } from './protocol.ts';
import type { AnswerContext, Protocol, WireRequest, WireResponse } from './protocol.ts';

/** How deep a document may nest before it is refused unread; DynamoDB's own limit for values is 32 levels. */
const nestingMax = 200;

/** `awsJson1_0` and `awsJson1_1`: the operation in `X-Amz-Target`, a JSON object each way. */
export const jsonProtocol: Protocol = {
  operationOf: ({ headers }) => headers['x-amz-target']?.split('.').at(-1),
  read: (request, service, operation) => {
    const inputShape = service.model.operations[operation]?.input;
    const document = parseDocument(request.body);
    return inputShape === undefined ? {} : fromJson(service.model, inputShape, document);
  },
  answer: (service, operation, output, context) => {
    const shape = service.model.operations[operation]?.output;
    const body = shape === undefined ? '' : JSON.stringify(toJson(service.model, shape, output ?? {}));
    return response(service, 200, body, context);
  },
  refuse: (service, error, context) => {
    const status = statusOf(service, error);
    const { type, body } = errorBody(service, error);
    return response(
      service,
      status,
      JSON.stringify({ __type: type, ...body }),
      context,
      queryErrorHeader(service, error),
    );
  },
  unknownOperation: () => new AwsError('UnknownOperationException', ''),
};

export function parseDocument(body: Buffer): unknown {
  if (body.length === 0) return {};
  const text = body.toString('utf8');
  refuseDeepNesting(text);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new AwsError('SerializationException', '', { cause });
  }
  return document;
}

function refuseDeepNesting(text: string): void {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) {
      isInString = true;
    } else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > nestingMax) throw new AwsError('SerializationException', '');
    } else if (code === 0x7d || code === 0x5d) {
      depth -= 1;
    }
  }
}

const namespaces: Readonly<Record<string, string>> = {
  sqs: 'com.amazonaws.sqs#',
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  dynamodbstreams: 'com.amazonaws.dynamodb.v20120810#',
};

/** Errors that come from AWS's framework and not from the service, with the namespace they carry. */
const frameworkErrors: Readonly<Record<string, string>> = {
  ValidationException: 'com.amazon.coral.validate#',
  SerializationException: 'com.amazon.coral.service#',
  UnknownOperationException: 'com.amazon.coral.service#',
  MissingAuthenticationTokenException: 'com.amazon.coral.service#',
  ThrottlingException: 'com.amazon.coral.availability#',
};

/** The error's type and body in JSON: the message under the name that its shape gives it. */
export function errorBody(
  { model }: LoadedService,
  error: AwsError,
): { readonly type: string; readonly body: Readonly<Record<string, unknown>> } {
  const shape = model.shapes[error.code];
  const isModelled = shape?.type === 'structure';
  const namespace = namespaces[model.service];
  const type =
    namespace === undefined
      ? error.code
      : `${isModelled ? namespace : (frameworkErrors[error.code] ?? 'com.amazon.coral.service#')}${error.code}`;
  const modelledName = isModelled ? Object.keys(shape.members).find((name) => /^message$/i.test(name)) : undefined;
  const messageName = error.messageMember ?? modelledName;
  const members = isModelled ? toJson(model, error.code, error.members) : error.members;
  return {
    type,
    body: {
      ...(error.message === ''
        ? {}
        : { [messageName ?? (error.code === 'SerializationException' ? 'Message' : 'message')]: error.message }),
      ...(isRecord(members) ? members : {}),
    },
  };
}

/** Services that once spoke the query protocol repeat the old code in a header. */
function queryErrorHeader({ definition, model }: LoadedService, error: AwsError): Readonly<Record<string, string>> {
  if (!model.queryCompatible) return {};
  const { code, fault } = definition.queryError?.(error) ?? error;
  return { 'x-amzn-query-error': `${code};${fault}` };
}

function response(
  { model }: LoadedService,
  status: number,
  body: string,
  { requestId, request }: AnswerContext,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  return {
    status,
    headers: {
      'content-type': contentType(model.jsonVersion, request),
      'x-amzn-requestid': requestId,
      ...(model.service.startsWith('dynamodb') ? { 'x-amz-crc32': String(crc32(body)) } : {}),
      ...headers,
    },
    body,
  };
}

function contentType(jsonVersion: string | undefined, request: WireRequest): string {
  const asked = request.headers['content-type'];
  if (asked?.startsWith('application/x-amz-json-1.') === true) return asked;
  return `application/x-amz-json-${jsonVersion ?? '1.1'}`;
}
