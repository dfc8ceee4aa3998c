import type { Operation } from '../../service.ts';
import { closeEnvironments } from '../changes.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { DeleteFunctionRequest, DeleteFunctionResponse } from '../generated/shapes.ts';
import { invalidParameterValue } from '../refusals.ts';
import type { LambdaState } from '../state.ts';

const deleteFunction: Operation<DeleteFunctionRequest, DeleteFunctionResponse, LambdaState> = {
  handle({ FunctionName, Qualifier }, state, { world }) {
    const name = parseFunctionName(FunctionName, world, Qualifier);
    if (name.qualifier === '$LATEST') {
      throw invalidParameterValue('$LATEST version cannot be deleted without deleting the function.');
    }
    if (name.qualifier === undefined) {
      const fn = findFunction(state, world, name);
      for (const version of [fn.latest, ...fn.versions.values()]) closeEnvironments(version);
      state.functions.delete(fn.name);
    } else {
      const fn = findFunction(state, world, { name: name.name });
      const version = fn.versions.get(name.qualifier);
      if (version !== undefined) closeEnvironments(version);
      fn.versions.delete(name.qualifier);
    }
    return { StatusCode: 204 };
  },
};

export default deleteFunction;
