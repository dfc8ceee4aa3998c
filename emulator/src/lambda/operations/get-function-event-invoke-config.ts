import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type { FunctionEventInvokeConfig, GetFunctionEventInvokeConfigRequest } from '../generated/shapes.ts';
import { findInvokeConfig, renderInvokeConfig } from '../invoke-config.ts';
import type { LambdaState } from '../state.ts';

const getFunctionEventInvokeConfig: Operation<
  GetFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  LambdaState
> = {
  handle({ FunctionName, Qualifier }, state, { world }) {
    const name = parseFunctionName(FunctionName, world, Qualifier);
    return renderInvokeConfig(world, name, findInvokeConfig(world, state, name));
  },
};

export default getFunctionEventInvokeConfig;
