import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from '../generated/shapes.ts';
import { putInvokeConfig, renderInvokeConfig } from '../invoke-config.ts';
import type { LambdaState } from '../state.ts';

const putFunctionEventInvokeConfig: Operation<
  PutFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig,
  LambdaState
> = {
  handle(input, state, { world }) {
    const name = parseFunctionName(input.FunctionName, world, input.Qualifier);
    return renderInvokeConfig(world, name, putInvokeConfig(world, state, name, input));
  },
};

export default putFunctionEventInvokeConfig;
