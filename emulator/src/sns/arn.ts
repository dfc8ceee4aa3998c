import { invalidParameter } from './invalid-parameter.ts';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
}

/** Takes an ARN apart; `undefined` where it has fewer than six elements or does not begin with `arn`. */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition, service, region, accountId, ...rest] = text.split(':');
  if (scheme !== 'arn' || partition === undefined || service === undefined) return undefined;
  if (region === undefined || accountId === undefined || rest.length === 0) return undefined;
  return { partition, service, region, accountId, resource: rest.join(':') };
}

/** The ARN that the caller gave as `parameter`, or SNS's complaint about its shape. */
export function requireArn(text: string | undefined, parameter: string): Arn {
  if (text === undefined) throw invalidParameter(`${parameter} Reason: no value for required parameter`);
  const elements = text.split(':').length;
  if (elements < 6)
    throw invalidParameter(`${parameter} Reason: An ARN must have at least 6 elements, not ${elements}`);
  const arn = parseArn(text);
  if (arn === undefined) throw invalidParameter(`${parameter} Reason: ${text} does not start with arn`);
  return arn;
}
