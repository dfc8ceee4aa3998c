import type { Operation } from '../../service.ts';
import { renderListed } from '../configuration.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from '../generated/shapes.ts';
import { pageOf } from '../page.ts';
import type { LambdaState } from '../state.ts';

const listVersionsByFunction: Operation<ListVersionsByFunctionRequest, ListVersionsByFunctionResponse, LambdaState> = {
  handle({ FunctionName, Marker, MaxItems }, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(FunctionName, world));
    const { page, next } = pageOf([fn.latest, ...fn.versions.values()], Marker, MaxItems);
    return { Versions: page.map((version) => renderListed(fn, version, `${fn.arn}:${version.version}`)), ...next };
  },
};

export default listVersionsByFunction;
