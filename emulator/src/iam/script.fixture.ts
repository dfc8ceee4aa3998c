import type { Step } from '../script.fixture.ts';

const RoleName = 'r';
const document = JSON.stringify({ Version: '2012-10-17', Statement: [] });
const PolicyArn = 'arn:aws:iam::000000000000:policy/p';

/** Every operation of IAM that is there. */
export const iamScript: readonly Step[] = [
  ['CreateRole', { RoleName, AssumeRolePolicyDocument: document }, { Role: { RoleName } }],
  ['GetRole', { RoleName }, { Role: { Arn: 'arn:aws:iam::000000000000:role/r' } }],
  ['ListRoles', {}, { Roles: [{ RoleName }] }],
  ['PutRolePolicy', { RoleName, PolicyName: 'inline', PolicyDocument: document }],
  ['GetRolePolicy', { RoleName, PolicyName: 'inline' }, { PolicyDocument: encodeURIComponent(document) }],
  ['ListRolePolicies', { RoleName }, { PolicyNames: ['inline'] }],
  ['CreatePolicy', { PolicyName: 'p', PolicyDocument: document }, { Policy: { Arn: PolicyArn } }],
  ['AttachRolePolicy', { RoleName, PolicyArn }],
  ['ListAttachedRolePolicies', { RoleName }, { AttachedPolicies: [{ PolicyArn }] }],
  ['DetachRolePolicy', { RoleName, PolicyArn }],
  ['ListAttachedRolePolicies', { RoleName }, { AttachedPolicies: [] }],
  ['DeletePolicy', { PolicyArn }],
  ['DeleteRolePolicy', { RoleName, PolicyName: 'inline' }],
  ['ListRolePolicies', { RoleName }, { PolicyNames: [] }],
  ['DeleteRole', { RoleName }],
  ['ListRoles', {}, { Roles: [] }],
];
