import { uuid } from '../ids.ts';
import type { World } from '../service.ts';
import { functionArn } from './function-name.ts';
import type { FunctionName } from './named-function.ts';
import { statementOf } from './permission.ts';
import type { Grant } from './permission.ts';
import { invalidParameterValue, preconditionFailed, resourceConflict, resourceNotFound } from './refusals.ts';
import type { LambdaFunction, LambdaState, Policy, PolicyStatement } from './state.ts';

interface Revised {
  readonly revisionId: string;
}

/** Adds a statement to the resource policy of a function, a version or an alias. */
export function addStatement(
  world: World,
  fn: LambdaFunction,
  name: FunctionName,
  grant: Omit<Grant, 'resource'> & { readonly revisionId?: string | undefined },
): PolicyStatement {
  checkQualifier(world, fn, name);
  const key = name.qualifier ?? '';
  const policy = fn.policies.get(key);
  checkRevision(policy ?? named(fn, name), grant.revisionId);
  if (policy?.statements.some(({ Sid }) => Sid === grant.statementId) === true) {
    throw resourceConflict(
      `The statement id (${grant.statementId}) provided already exists. ` +
        'Please provide a new statement id, or remove the existing statement.',
    );
  }
  const statement = statementOf({ ...grant, resource: functionArn(world, name) });
  fn.policies.set(key, { statements: [...(policy?.statements ?? []), statement], revisionId: uuid(world.random) });
  return statement;
}

/** Removes a statement; a policy without any is no more. */
export function removeStatement(
  world: World,
  state: LambdaState,
  name: FunctionName,
  { statementId, revisionId }: { readonly statementId: string; readonly revisionId?: string | undefined },
): void {
  const fn = state.functions.get(name.name);
  if (fn === undefined) throw resourceNotFound(`No policy found for: ${functionArn(world, name)}`);
  checkQualifier(world, fn, name);
  const key = name.qualifier ?? '';
  const policy = requirePolicy(fn, key);
  checkRevision(policy, revisionId);
  const statements = policy.statements.filter(({ Sid }) => Sid !== statementId);
  if (statements.length === policy.statements.length) {
    throw resourceNotFound(`Statement ${statementId} is not found in resource policy.`);
  }
  if (statements.length === 0) fn.policies.delete(key);
  else fn.policies.set(key, { statements, revisionId: uuid(world.random) });
}

/** The policy document and its revision, as GetPolicy answers. */
export function renderPolicy(state: LambdaState, name: FunctionName) {
  const policy = state.functions.get(name.name)?.policies.get(name.qualifier ?? '');
  if (policy === undefined) throw resourceNotFound('The resource you requested does not exist.');
  const { statements, revisionId } = policy;
  return {
    Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }),
    RevisionId: revisionId,
  };
}

function requirePolicy(fn: LambdaFunction, key: string): Policy {
  const policy = fn.policies.get(key);
  if (policy === undefined) throw resourceNotFound('No policy is associated with the given resource.');
  return policy;
}

/** Where there is no policy yet, the revision is that of what it is for. */
function named(fn: LambdaFunction, { qualifier = '' }: FunctionName): Revised {
  return fn.aliases.get(qualifier) ?? fn.versions.get(qualifier) ?? fn.latest;
}

function checkRevision(revised: Revised, revisionId: string | undefined): void {
  if (revisionId !== undefined && revisionId !== revised.revisionId) throw preconditionFailed('GetPolicy');
}

function checkQualifier(world: World, fn: LambdaFunction, name: FunctionName): void {
  const { qualifier } = name;
  if (qualifier === undefined) return;
  if (qualifier === '$LATEST') throw invalidParameterValue('We currently do not support adding policies for $LATEST.');
  if (fn.versions.has(qualifier) || fn.aliases.has(qualifier)) return;
  const arn = functionArn(world, name);
  throw resourceNotFound(
    /^[\w-]*[A-Za-z_-][\w-]*$/.test(qualifier) ? `Cannot find alias arn: ${arn}` : `Function not found: ${arn}`,
  );
}
