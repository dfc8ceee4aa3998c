import type { Operation } from '../../service.ts';
import { findFunction, findVersion, parseFunctionName } from '../function-name.ts';
import type { DeleteFunctionRequest, DeleteFunctionResponse } from '../generated/shapes.ts';
import { invalidParameterValue } from '../refusals.ts';
import type { LambdaState } from '../state.ts';

const deleteFunction: Operation<DeleteFunctionRequest, DeleteFunctionResponse, LambdaState> = {
  handle({ FunctionName, Qualifier }, state, { world }) {
    const name = parseFunctionName(FunctionName, world, Qualifier);
    if (name.qualifier === '$LATEST') {
      throw invalidParameterValue('$LATEST version cannot be deleted without deleting the function.');
    }
    if (name.qualifier === undefined) state.functions.delete(findFunction(state, world, name).name);
    else findVersion(state, world, name).fn.versions.delete(name.qualifier);
    return { StatusCode: 204 };
  },
};

export default deleteFunction;
