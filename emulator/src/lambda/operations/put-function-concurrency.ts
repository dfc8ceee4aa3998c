import type { Operation } from '../../service.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { Concurrency, PutFunctionConcurrencyRequest } from '../generated/shapes.ts';
import { invalidParameterValue } from '../refusals.ts';
import { reserveConcurrency } from '../reserve-concurrency.ts';
import type { LambdaState } from '../state.ts';

const functionsOnly =
  'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. ' +
  'Please specify either a function name or an unqualified function ARN.';

const putFunctionConcurrency: Operation<PutFunctionConcurrencyRequest, Concurrency, LambdaState> = {
  handle({ FunctionName, ReservedConcurrentExecutions }, state, { world }) {
    const { name, qualifier } = parseFunctionName(FunctionName, world);
    if (qualifier !== undefined) throw invalidParameterValue(functionsOnly);
    const fn = findFunction(state, world, { name, qualifier: '$LATEST' });
    reserveConcurrency(state, fn, ReservedConcurrentExecutions);
    return { ReservedConcurrentExecutions };
  },
};

export default putFunctionConcurrency;
