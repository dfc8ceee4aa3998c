import type { Operation } from '../../service.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { DeleteAliasRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const deleteAlias: Operation<DeleteAliasRequest, object, LambdaState> = {
  handle({ FunctionName, Name }, state, { world }) {
    findFunction(state, world, parseFunctionName(FunctionName, world)).aliases.delete(Name);
    return {};
  },
};

export default deleteAlias;
