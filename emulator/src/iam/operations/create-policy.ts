import { AwsError } from '../../errors.ts';
import { entityId } from '../entity-id.ts';
import type { Operation } from '../../service.ts';
import type { CreatePolicyInput, CreatePolicyOutput } from '../generated/shapes.ts';
import { checkPolicyDocument, policyShape } from '../roles.ts';
import type { IamState, ManagedPolicy } from '../state.ts';

export default {
  hasNoEffect: 'kept and shown; no call is allowed or denied by it',
  handle: ({ PolicyName, PolicyDocument, Path = '/' }, { policies }, { world }) => {
    checkPolicyDocument(PolicyDocument);
    const arn = `arn:aws:iam::${world.accountId}:policy${Path}${PolicyName}`;
    if (policies.has(arn)) {
      const message = `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`;
      throw new AwsError('EntityAlreadyExists', message, { status: 409 });
    }
    const policy: ManagedPolicy = {
      name: PolicyName,
      id: entityId('ANPA', world.random),
      arn,
      path: Path,
      createdMs: Math.floor(world.clock.epochMs() / 1000) * 1000,
      document: PolicyDocument,
    };
    policies.set(arn, policy);
    return { Policy: policyShape(policy) };
  },
} satisfies Operation<CreatePolicyInput, CreatePolicyOutput, IamState>;
