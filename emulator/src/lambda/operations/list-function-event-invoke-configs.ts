import type { Operation } from '../../service.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type {
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
} from '../generated/shapes.ts';
import { renderInvokeConfig } from '../invoke-config.ts';
import { pageOf } from '../page.ts';
import type { LambdaState } from '../state.ts';

const listFunctionEventInvokeConfigs: Operation<
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
  LambdaState
> = {
  handle({ FunctionName, Marker, MaxItems }, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(FunctionName, world));
    const { page, next } = pageOf([...fn.invokeConfigs], Marker, MaxItems);
    return {
      FunctionEventInvokeConfigs: page.map(([qualifier, config]) =>
        renderInvokeConfig(world, { name: fn.name, qualifier }, config),
      ),
      ...next,
    };
  },
};

export default listFunctionEventInvokeConfigs;
