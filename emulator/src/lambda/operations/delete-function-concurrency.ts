import type { Operation } from '../../service.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { DeleteFunctionConcurrencyRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const deleteFunctionConcurrency: Operation<DeleteFunctionConcurrencyRequest, object, LambdaState> = {
  handle({ FunctionName }, state, { world }) {
    findFunction(state, world, parseFunctionName(FunctionName, world)).reservedConcurrency = undefined;
    return {};
  },
};

export default deleteFunctionConcurrency;
