import { AwsError } from '../errors.ts';
import type { Role as RoleShape } from './generated/shapes.ts';
import type { IamState, ManagedPolicy, Role } from './state.ts';
import type { Policy as PolicyShape } from './generated/shapes.ts';

export function roleOf({ roles }: IamState, name: string): Role {
  const role = roles.get(name);
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, { status: 404 });
}

export function checkPolicyDocument(text: string): void {
  try {
    JSON.parse(text);
  } catch (cause) {
    throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json', { cause });
  }
}

/** As AWS answers: documents URL-encoded. */
export function roleShape(role: Role): RoleShape {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdMs),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
  };
}

export function policyShape(policy: ManagedPolicy): PolicyShape {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: 'v1',
    AttachmentCount: 0,
    IsAttachable: true,
    CreateDate: new Date(policy.createdMs),
    UpdateDate: new Date(policy.createdMs),
  };
}
