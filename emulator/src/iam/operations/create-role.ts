import { AwsError } from '../../errors.ts';
import { entityId } from '../entity-id.ts';
import type { Operation } from '../../service.ts';
import type { CreateRoleInput, CreateRoleOutput } from '../generated/shapes.ts';
import { checkPolicyDocument, roleShape } from '../roles.ts';
import type { IamState, Role } from '../state.ts';

export default {
  hasNoEffect: 'kept and shown; no call is allowed or denied by it',
  handle: (
    { RoleName, AssumeRolePolicyDocument, Path = '/', Description, MaxSessionDuration = 3600 },
    state,
    { world },
  ) => {
    checkPolicyDocument(AssumeRolePolicyDocument);
    if (state.roles.has(RoleName)) {
      throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, { status: 409 });
    }
    const role: Role = {
      name: RoleName,
      id: entityId('AROA', world.random),
      arn: `arn:aws:iam::${world.accountId}:role${Path}${RoleName}`,
      path: Path,
      createdMs: Math.floor(world.clock.epochMs() / 1000) * 1000,
      trustPolicy: AssumeRolePolicyDocument,
      description: Description,
      maxSessionSeconds: MaxSessionDuration,
      inline: new Map(),
      attached: new Set(),
    };
    state.roles.set(RoleName, role);
    return { Role: roleShape(role) };
  },
} satisfies Operation<CreateRoleInput, CreateRoleOutput, IamState>;
