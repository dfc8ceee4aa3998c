import { AwsError } from '../errors.ts';
import { lambdaQuotas } from '../quotas.ts';
import { jsonComplaint } from '../json-complaint.ts';

const bytesMax: Readonly<Record<string, number>> = {
  RequestResponse: lambdaQuotas.requestBytesMax,
  Event: lambdaQuotas.eventBytesMax,
};

/** The event as JSON text; without one it is an empty object. Refuses what is too large or no JSON. */
export function checkPayload(payload: Uint8Array | undefined, invocationType: string): string {
  if (payload === undefined || payload.byteLength === 0) return '{}';
  const max = bytesMax[invocationType];
  if (max !== undefined && payload.byteLength > max) {
    throw new AwsError(
      'RequestTooLargeException',
      `Request must be smaller than ${max} bytes for the InvokeFunction operation`,
      { status: 413, members: { Type: 'User' } },
    );
  }
  const text = Buffer.from(payload).toString('utf8');
  const complaint = jsonComplaint(text);
  if (complaint === undefined) return text;
  throw new AwsError(
    'InvalidRequestContentException',
    `Could not parse request body into json: Could not parse payload into json: ${complaint}`,
    { members: { Type: 'User' } },
  );
}
