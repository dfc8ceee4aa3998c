import type { Operation } from '../../service.ts';
import { putAlias, renderAlias } from '../alias.ts';
import { findFunction, functionArn, parseFunctionName } from '../function-name.ts';
import type { AliasConfiguration, CreateAliasRequest } from '../generated/shapes.ts';
import { resourceConflict } from '../refusals.ts';
import type { LambdaState } from '../state.ts';

const createAlias: Operation<CreateAliasRequest, AliasConfiguration, LambdaState> = {
  handle(input, state, { world }) {
    const { name } = parseFunctionName(input.FunctionName, world);
    const fn = findFunction(state, world, { name, qualifier: input.FunctionVersion });
    if (fn.aliases.has(input.Name)) {
      throw resourceConflict(`Alias already exists: ${functionArn(world, { name: fn.name, qualifier: input.Name })}`);
    }
    return renderAlias(world, fn, putAlias(world, fn, input.Name, input));
  },
};

export default createAlias;
