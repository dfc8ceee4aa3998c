import type { Operation } from '../../service.ts';
import { renderAlias } from '../alias.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { ListAliasesRequest, ListAliasesResponse } from '../generated/shapes.ts';
import { pageOf } from '../page.ts';
import type { LambdaState } from '../state.ts';

const listAliases: Operation<ListAliasesRequest, ListAliasesResponse, LambdaState> = {
  handle({ FunctionName, FunctionVersion, Marker, MaxItems }, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(FunctionName, world));
    const aliases = [...fn.aliases.values()].filter(
      ({ version }) => FunctionVersion === undefined || version === FunctionVersion,
    );
    const { page, next } = pageOf(aliases, Marker, MaxItems);
    return { Aliases: page.map((alias) => renderAlias(world, fn, alias)), ...next };
  },
};

export default listAliases;
