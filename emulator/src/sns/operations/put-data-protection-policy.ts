import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { PutDataProtectionPolicyInput } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';

const putDataProtectionPolicy: Operation<PutDataProtectionPolicyInput, object, SnsState> = {
  handle({ ResourceArn, DataProtectionPolicy }, state, { world }) {
    findTopic(state, world, ResourceArn, 'ResourceArn').dataProtectionPolicy = DataProtectionPolicy;
    return {};
  },
  hasNoEffect: 'kept and shown; nothing is audited, denied or masked',
};

export default putDataProtectionPolicy;
