import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { GetDataProtectionPolicyInput, GetDataProtectionPolicyResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';

const getDataProtectionPolicy: Operation<GetDataProtectionPolicyInput, GetDataProtectionPolicyResponse, SnsState> = {
  handle({ ResourceArn }, state, { world }) {
    return { DataProtectionPolicy: findTopic(state, world, ResourceArn, 'ResourceArn').dataProtectionPolicy };
  },
};

export default getDataProtectionPolicy;
