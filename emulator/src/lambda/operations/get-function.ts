import type { Operation } from '../../service.ts';
import { renderConfiguration } from '../configuration.ts';
import { findVersion, parseFunctionName } from '../function-name.ts';
import type { GetFunctionRequest, GetFunctionResponse } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const getFunction: Operation<GetFunctionRequest, GetFunctionResponse, LambdaState> = {
  handle({ FunctionName, Qualifier }, state, { world, endpoint }) {
    const { fn, version, arn } = findVersion(state, world, parseFunctionName(FunctionName, world, Qualifier));
    const { reservedConcurrency, tags } = fn;
    return {
      Configuration: renderConfiguration(fn, version, { arn, progress: 'done' }),
      // nothing is served there: the archive is not handed out again
      Code: { RepositoryType: 'S3', Location: `${endpoint}/snapshots/${fn.name}` },
      ...(tags.size > 0 && { Tags: Object.fromEntries(tags) }),
      ...(reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    };
  },
};

export default getFunction;
