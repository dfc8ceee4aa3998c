import type { WireRequest } from './protocols/protocol.ts';

/** Whom a request concerns. */
export interface Address {
  readonly service: string;
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  /** Which of the service's wire forms the request is in. */
  readonly form: 'json' | 'query' | 'rest-json';
}

const defaultAccountId = '000000000000';
const defaultRegion = 'us-east-1';

const targets: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodbstreams',
};

const hostSuffix = '.localhost.localstack.cloud';

/** Reads account, Region, service and wire form off a request; `undefined` where it names no service. */
export function addressOf(request: WireRequest): Address | undefined {
  const scope = credentialScope(request);
  const host = hostParts(request.headers['host'] ?? '');
  const place = {
    region: scope?.region ?? host?.region ?? queuePathRegion(request.path) ?? defaultRegion,
    accountId: scope !== undefined && /^\d{12}$/.test(scope.accessKey) ? scope.accessKey : defaultAccountId,
  };
  const target = request.headers['x-amz-target'];
  if (target !== undefined) {
    const service = targets[target.split('.')[0] ?? ''] ?? scope?.service ?? host?.service;
    return service === undefined ? undefined : { ...place, service, form: 'json' };
  }
  const service = host?.service ?? scope?.service ?? serviceOfPath(request.path) ?? serviceOfLink(request);
  if (service === undefined) return undefined;
  if (service === 'lambda') return { ...place, service, form: 'rest-json' };
  return { ...place, service, form: isJson(request) ? 'json' : 'query' };
}

/** A JSON body without `X-Amz-Target` is a JSON call without operation. */
function isJson({ headers }: WireRequest): boolean {
  return headers['content-type']?.startsWith('application/x-amz-json') ?? false;
}

interface Scope {
  readonly accessKey: string;
  readonly region: string;
  readonly service: string;
}

/** `AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/sqs/aws4_request, …`, or the same in a presigned URL. */
function credentialScope({ headers, query }: WireRequest): Scope | undefined {
  const inHeader = /Credential=([^,\s]+)/.exec(headers['authorization'] ?? '')?.[1];
  const credential =
    inHeader ?? (query.includes('X-Amz-Credential') ? new URLSearchParams(query).get('X-Amz-Credential') : undefined);
  const parts = credential?.split('/');
  if (parts === undefined || parts.length < 5) return undefined;
  const [service = '', region = ''] = [parts.at(-2), parts.at(-3)];
  return { accessKey: parts.slice(0, -4).join('/'), region, service };
}

/** `sqs.eu-west-1.localhost.localstack.cloud:4566`, or `eu-west-1.queue.localhost…`. */
function hostParts(host: string): { readonly service: string; readonly region: string } | undefined {
  const name = host.split(':')[0] ?? '';
  if (!name.endsWith(hostSuffix)) return undefined;
  const [first, second, third] = name.slice(0, -hostSuffix.length).split('.');
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  return second === 'queue' ? { service: 'sqs', region: first } : { service: first, region: second };
}

/** `/queue/REGION/ACCOUNT/NAME`. */
function queuePathRegion(path: string): string | undefined {
  return /^\/queue\/([a-z0-9-]+)\/\d{12}\//.exec(path)?.[1];
}

/** What a notification's links lead to: they carry no credentials. */
function serviceOfLink({ path, query }: WireRequest): string | undefined {
  return path === '/' && /(^|&)Action=(ConfirmSubscription|Unsubscribe)(&|$)/.test(query) ? 'sns' : undefined;
}

/** A queue's URL, or a function's. */
function serviceOfPath(path: string): string | undefined {
  if (/^\/(queue\/[a-z0-9-]+\/)?\d{12}\/[^/]+$/.test(path)) return 'sqs';
  return /^\/20\d\d-\d\d-\d\d\/(functions|event-source-mappings|layers)/.test(path) ? 'lambda' : undefined;
}
