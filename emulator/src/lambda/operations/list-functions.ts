import type { Operation } from '../../service.ts';
import { renderListed } from '../configuration.ts';
import type { ListFunctionsRequest, ListFunctionsResponse } from '../generated/shapes.ts';
import { pageOf } from '../page.ts';
import type { LambdaState } from '../state.ts';

const listFunctions: Operation<ListFunctionsRequest, ListFunctionsResponse, LambdaState> = {
  handle({ FunctionVersion, Marker, MaxItems }, state) {
    const all = [...state.functions.values()].flatMap((fn) =>
      FunctionVersion === 'ALL'
        ? [fn.latest, ...fn.versions.values()].map((version) =>
            renderListed(fn, version, `${fn.arn}:${version.version}`),
          )
        : [renderListed(fn, fn.latest, fn.arn)],
    );
    const { page, next } = pageOf(all, Marker, MaxItems);
    return { Functions: page, ...next };
  },
};

export default listFunctions;
