import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type { FunctionEventInvokeConfig, UpdateFunctionEventInvokeConfigRequest } from '../generated/shapes.ts';
import { findInvokeConfig, putInvokeConfig, renderInvokeConfig, requireFunction } from '../invoke-config.ts';
import type { LambdaState } from '../state.ts';

const updateFunctionEventInvokeConfig: Operation<
  UpdateFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  LambdaState
> = {
  handle(input, state, { world }) {
    const name = parseFunctionName(input.FunctionName, world, input.Qualifier);
    requireFunction(state, { name: name.name });
    const former = findInvokeConfig(world, state, name);
    return renderInvokeConfig(world, name, putInvokeConfig(world, state, name, input, former));
  },
};

export default updateFunctionEventInvokeConfig;
