import { policyAllows } from '../resource-policy.ts';
import type { Delivery } from '../service.ts';
import { invalidParameterValue } from './refusals.ts';
import type { LambdaFunction, PolicyStatement } from './state.ts';

/** What AddPermission takes. */
export interface Grant {
  readonly statementId: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
  readonly eventSourceToken?: string | undefined;
  readonly organization?: string | undefined;
  readonly urlAuthType?: string | undefined;
  readonly resource: string;
}

/** A statement as AWS makes it of a grant: recorded. */
export function statementOf(grant: Grant): PolicyStatement {
  const equals = {
    ...(grant.sourceAccount !== undefined && { 'AWS:SourceAccount': grant.sourceAccount }),
    ...(grant.eventSourceToken !== undefined && { 'lambda:EventSourceToken': grant.eventSourceToken }),
    ...(grant.urlAuthType !== undefined && { 'lambda:FunctionUrlAuthType': grant.urlAuthType }),
    ...(grant.organization !== undefined && { 'aws:PrincipalOrgID': grant.organization }),
  };
  const conditions: Record<string, Record<string, string>> = {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(grant.sourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': grant.sourceArn } }),
  };
  return {
    Sid: grant.statementId,
    Effect: 'Allow',
    Principal: principalOf(grant.principal),
    Action: grant.action,
    Resource: grant.resource,
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

/** Whether a policy of the function lets the delivering service invoke it. */
export function mayInvoke(
  fn: LambdaFunction,
  qualifier: string | undefined,
  { principal, sourceArn }: Delivery,
): boolean {
  const Statement = fn.policies.get(qualifier ?? '')?.statements;
  const resourceArn = qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`;
  return policyAllows({ Statement }, { principal, sourceArn, resourceArn, action: 'lambda:InvokeFunction' });
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (principal.startsWith('arn:')) return { AWS: principal };
  if (/\.amazonaws\.com(?:\.cn)?$/.test(principal)) return { Service: principal };
  throw invalidParameterValue('The provided principal was invalid. Please check the principal and try again.');
}
