import type { HttpRequest, HttpResponse } from '@smithy/types';
import { text as textOf } from 'node:stream/consumers';
import { Readable } from 'node:stream';

/** A request of the SDK, as far as it can be read from outside. */
export interface Wire {
  readonly service: 'sqs' | 'sns' | 'events' | 'dynamodb' | 'lambda' | 'other';
  readonly operation: string;
  /** What it acts on: a queue, a table, a topic, a function. */
  readonly resource: string;
  /** Members of a JSON body; empty for others. */
  readonly input: Members;
}

export type Members = Readonly<Record<string, unknown>>;

const servicesByTarget: Readonly<Record<string, Wire['service']>> = {
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  DynamoDB_20120810: 'dynamodb',
};

/** Reads service, operation and resource off a request. */
export function readRequest(request: HttpRequest): Wire {
  const target = header(request.headers, 'x-amz-target');
  const body = bodyText(request.body);
  if (target !== undefined) {
    const [prefix = '', operation = ''] = target.split('.');
    const input = members(parse(body));
    return { service: servicesByTarget[prefix] ?? 'other', operation, resource: resourceOf(input), input };
  }
  const invoked = /\/functions\/([^/]+)\/invocations/.exec(request.path)?.[1];
  if (invoked !== undefined) return { service: 'lambda', operation: 'Invoke', resource: invoked, input: {} };
  if (request.method === 'POST' && /\/functions\/?$/.test(request.path)) {
    const { FunctionName } = members(parse(body));
    return { service: 'lambda', operation: 'CreateFunction', resource: String(FunctionName), input: {} };
  }
  const form = new URLSearchParams(body);
  const operation = form.get('Action');
  if (operation === null) return { service: 'other', operation: '', resource: '', input: {} };
  return { service: 'sns', operation, resource: form.get('TopicArn') ?? '', input: {} };
}

/** The members of a JSON answer, with the answer itself still to be read by the SDK. */
export async function readAnswer(
  response: HttpResponse,
): Promise<{ readonly response: HttpResponse; readonly output: Members }> {
  const { body }: { body?: unknown } = response;
  const text = body instanceof Readable ? await textOf(body) : bodyText(body);
  return { response: { ...response, body: Buffer.from(text, 'utf8') }, output: members(parse(text)) };
}

/** An answer with another body. */
export function jsonAnswer(response: HttpResponse, output: unknown): HttpResponse {
  const body = Buffer.from(JSON.stringify(output), 'utf8');
  return { ...response, headers: { ...response.headers, 'content-length': String(body.length) }, body };
}

/** The request with another body; the SDK has signed it, which an emulator does not check. */
export function jsonRequest(request: HttpRequest, input: unknown): HttpRequest {
  const body = JSON.stringify(input);
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) };
  return Object.assign(Object.create(Object.getPrototypeOf(request)), request, { headers, body });
}

/** An answer 200 that the service never gave. */
export function madeAnswer(output: unknown): HttpResponse {
  return jsonAnswer({ statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' } }, output);
}

export function members(value: unknown): Members {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function resourceOf({ QueueUrl, TableName, Rule, Name }: Members): string {
  const name = [QueueUrl, TableName, Rule, Name].find((member) => typeof member === 'string');
  return typeof name === 'string' ? (name.split('/').at(-1) ?? '') : '';
}

function header(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

function bodyText(body: unknown): string {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
