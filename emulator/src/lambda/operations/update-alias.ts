import type { Operation } from '../../service.ts';
import { findAlias, putAlias, renderAlias } from '../alias.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { AliasConfiguration, UpdateAliasRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const updateAlias: Operation<UpdateAliasRequest, AliasConfiguration, LambdaState> = {
  handle(input, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(input.FunctionName, world));
    findAlias(world, fn, input.Name, 'Alias not found');
    return renderAlias(world, fn, putAlias(world, fn, input.Name, input));
  },
};

export default updateAlias;
