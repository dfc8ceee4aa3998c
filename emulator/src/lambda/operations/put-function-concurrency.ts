import type { Operation } from '../../service.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { Concurrency, PutFunctionConcurrencyRequest } from '../generated/shapes.ts';
import { reserveConcurrency } from '../reserve-concurrency.ts';
import type { LambdaState } from '../state.ts';

const putFunctionConcurrency: Operation<PutFunctionConcurrencyRequest, Concurrency, LambdaState> = {
  handle({ FunctionName, ReservedConcurrentExecutions }, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(FunctionName, world));
    reserveConcurrency(state, fn, ReservedConcurrentExecutions);
    return { ReservedConcurrentExecutions };
  },
};

export default putFunctionConcurrency;
