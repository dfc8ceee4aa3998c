import type { HttpResponse, RequestHandlerOutput } from '@smithy/types';
import { jsonAnswer } from './adversary-wire.ts';
import type { Wire } from './adversary-wire.ts';

/** How each service refuses a call that comes too fast. */
export function throttled(service: Wire['service']): RequestHandlerOutput<HttpResponse> {
  switch (service) {
    case 'sqs':
      return refusal(400, 'com.amazonaws.sqs#RequestThrottled');
    case 'dynamodb':
      return refusal(400, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException');
    case 'events':
      return refusal(400, 'com.amazonaws.eventbridge#ThrottlingException');
    case 'sns':
      return {
        response: {
          statusCode: 400,
          headers: { 'content-type': 'text/xml' },
          body: Buffer.from(
            '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>' +
              '<Code>Throttling</Code><Message>Rate exceeded</Message></Error>' +
              '<RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>',
          ),
        },
      };
    case 'lambda':
      return {
        response: jsonAnswer(
          {
            statusCode: 429,
            headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' },
          },
          { Type: 'User', message: 'Rate Exceeded.', Reason: 'CallerRateLimitExceeded' },
        ),
      };
    case 'other':
      return refusal(400, 'ThrottlingException');
    default:
      return service satisfies never;
  }
}

/** How a service says that it is at fault itself. */
export function failedInside(service: Wire['service']): RequestHandlerOutput<HttpResponse> {
  const message = 'We encountered an internal error. Please try again.';
  if (service === 'lambda') {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'ServiceException' };
    return { response: jsonAnswer({ statusCode: 500, headers }, { Type: 'Service', message }) };
  }
  const types = { sqs: 'InternalError', events: 'InternalException' } as const;
  return refusal(500, service === 'sqs' || service === 'events' ? types[service] : 'InternalServerError');
}

function refusal(statusCode: number, type: string): RequestHandlerOutput<HttpResponse> {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { response: jsonAnswer({ statusCode, headers }, { __type: type, message: 'Rate exceeded' }) };
}
