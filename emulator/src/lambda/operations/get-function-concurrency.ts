import type { Operation } from '../../service.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const getFunctionConcurrency: Operation<GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse, LambdaState> = {
  handle({ FunctionName }, state, { world }) {
    const { reservedConcurrency } = findFunction(state, world, parseFunctionName(FunctionName, world));
    return { ReservedConcurrentExecutions: reservedConcurrency };
  },
};

export default getFunctionConcurrency;
