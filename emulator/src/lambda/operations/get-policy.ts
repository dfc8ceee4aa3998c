import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type { GetPolicyRequest, GetPolicyResponse } from '../generated/shapes.ts';
import { renderPolicy } from '../policy.ts';
import type { LambdaState } from '../state.ts';

const getPolicy: Operation<GetPolicyRequest, GetPolicyResponse, LambdaState> = {
  handle({ FunctionName, Qualifier }, state, { world }) {
    return renderPolicy(state, parseFunctionName(FunctionName, world, Qualifier));
  },
};

export default getPolicy;
