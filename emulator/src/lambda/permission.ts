import type { Delivery } from '../service.ts';
import type { LambdaFunction, PolicyStatement } from './state.ts';

/** What AddPermission takes. */
export interface Grant {
  readonly statementId: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn?: string | undefined;
  readonly sourceAccount?: string | undefined;
  readonly eventSourceToken?: string | undefined;
  readonly resource: string;
}

/** A statement as AWS makes it of a grant: recorded. */
export function statementOf(grant: Grant): PolicyStatement {
  const conditions: Record<string, Record<string, string>> = {
    ...((grant.sourceAccount !== undefined || grant.eventSourceToken !== undefined) && {
      StringEquals: {
        ...(grant.sourceAccount !== undefined && { 'AWS:SourceAccount': grant.sourceAccount }),
        ...(grant.eventSourceToken !== undefined && { 'lambda:EventSourceToken': grant.eventSourceToken }),
      },
    }),
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

/** Whether a policy of the function lets the delivering service invoke it; the account's own callers need none. */
export function mayInvoke(fn: LambdaFunction, qualifier: string | undefined, delivery: Delivery): boolean {
  const statements = fn.policies.get(qualifier ?? '')?.statements ?? [];
  return statements.some((statement) => allows(statement, delivery));
}

function allows({ Principal, Action, Condition }: PolicyStatement, { principal, sourceArn }: Delivery): boolean {
  if (!matchesAction(Action) || !matchesPrincipal(Principal, principal)) return false;
  const pattern = Condition?.['ArnLike']?.['AWS:SourceArn'];
  if (pattern !== undefined && !globMatches(pattern, sourceArn)) return false;
  const account = Condition?.['StringEquals']?.['AWS:SourceAccount'];
  return account === undefined || account === sourceArn.split(':')[4];
}

function matchesAction(action: string): boolean {
  return globMatches(action.toLowerCase(), 'lambda:invokefunction');
}

function matchesPrincipal(allowed: PolicyStatement['Principal'], principal: string): boolean {
  return allowed === '*' || (typeof allowed === 'object' && allowed['Service'] === principal);
}

function globMatches(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function principalOf(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}
