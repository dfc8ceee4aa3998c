import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type { DeleteFunctionEventInvokeConfigRequest } from '../generated/shapes.ts';
import { findInvokeConfig, keyOf } from '../invoke-config.ts';
import type { LambdaState } from '../state.ts';

const deleteFunctionEventInvokeConfig: Operation<DeleteFunctionEventInvokeConfigRequest, object, LambdaState> = {
  handle({ FunctionName, Qualifier }, state, { world }) {
    const name = parseFunctionName(FunctionName, world, Qualifier);
    findInvokeConfig(world, state, name);
    state.functions.get(name.name)?.invokeConfigs.delete(keyOf(name));
    return {};
  },
};

export default deleteFunctionEventInvokeConfig;
