import type { Operation } from '../../service.ts';
import { findAlias, renderAlias } from '../alias.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { AliasConfiguration, GetAliasRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const getAlias: Operation<GetAliasRequest, AliasConfiguration, LambdaState> = {
  handle({ FunctionName, Name }, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(FunctionName, world));
    return renderAlias(world, fn, findAlias(world, fn, Name));
  },
};

export default getAlias;
