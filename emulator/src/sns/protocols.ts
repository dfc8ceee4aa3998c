import { AwsError } from '../errors.ts';
import { parseArn } from './arn.ts';
import { invalidParameter } from './invalid-parameter.ts';

/**
 * What may subscribe. Messages reach `sqs`, `lambda`, `http` and `https`; the others can be subscribed as on AWS, and
 * what is sent to them goes nowhere here.
 */
const protocols = new Set(['http', 'https', 'email', 'email-json', 'sms', 'sqs', 'application', 'lambda', 'firehose']);

/** These are subscribed at once where topic and endpoint have one owner; the others confirm first. */
const confirmedAtOnce = new Set(['sqs', 'lambda', 'firehose', 'application', 'sms']);

/** E.164 with single separators between digits, as AWS was recorded to take and refuse them. */
const phonePattern = /^\+?\d(?:[-./]?\d)*$/;

/** Refuses endpoints that do not fit their protocol, in AWS's words. */
export function checkEndpoint(protocol: string, endpoint: string | undefined): string {
  if (!protocols.has(protocol)) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
  if (endpoint === undefined || endpoint === '') throw invalidParameter('Endpoint');
  switch (protocol) {
    case 'http':
    case 'https':
      if (!endpoint.startsWith(`${protocol}://`)) throw invalidParameter('Endpoint must match the specified protocol');
      break;
    case 'email':
    case 'email-json':
      if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalidParameter('Email address');
      break;
    case 'sms':
      if (!phonePattern.test(endpoint)) throw invalidSms(endpoint);
      break;
    case 'sqs':
      if (serviceOf(endpoint) !== 'sqs') throw invalidParameter('SQS endpoint ARN');
      break;
    case 'lambda':
      if (serviceOf(endpoint) !== 'lambda') throw invalidParameter('Lambda endpoint ARN');
      break;
    case 'firehose':
      if (serviceOf(endpoint) !== 'firehose') throw invalidParameter('Firehose endpoint ARN');
      break;
    case 'application':
      if (serviceOf(endpoint) !== 'sns') throw invalidParameter('ApplicationEndpoint ARN');
      break;
    default:
  }
  return endpoint;
}

export function isConfirmedAtOnce(protocol: string): boolean {
  return confirmedAtOnce.has(protocol);
}

export function isFifoName(name: string): boolean {
  return name.endsWith('.fifo');
}

function serviceOf(endpoint: string): string | undefined {
  return parseArn(endpoint)?.service;
}

/** Unlike every other complaint it does not begin with "Invalid parameter": recorded. */
function invalidSms(endpoint: string): Error {
  return new AwsError('InvalidParameter', `Invalid SMS endpoint: ${endpoint}`);
}
