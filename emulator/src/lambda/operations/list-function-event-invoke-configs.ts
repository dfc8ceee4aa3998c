import type { Operation } from '../../service.ts';
import { parseFunctionName } from '../function-name.ts';
import type {
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
} from '../generated/shapes.ts';
import { renderInvokeConfig, requireFunction } from '../invoke-config.ts';
import { pageOf } from '../page.ts';
import type { LambdaState } from '../state.ts';

const listFunctionEventInvokeConfigs: Operation<
  ListFunctionEventInvokeConfigsRequest,
  ListFunctionEventInvokeConfigsResponse,
  LambdaState
> = {
  handle({ FunctionName, Marker, MaxItems }, state, { world }) {
    const fn = requireFunction(state, { name: parseFunctionName(FunctionName, world).name });
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
