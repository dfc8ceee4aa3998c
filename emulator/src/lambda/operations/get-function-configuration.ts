import type { Operation } from '../../service.ts';
import { renderConfiguration } from '../configuration.ts';
import { findVersion, parseFunctionName } from '../function-name.ts';
import type { FunctionConfiguration, GetFunctionConfigurationRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';

const getFunctionConfiguration: Operation<GetFunctionConfigurationRequest, FunctionConfiguration, LambdaState> = {
  handle({ FunctionName, Qualifier }, state, { world }) {
    const { fn, version, arn } = findVersion(state, world, parseFunctionName(FunctionName, world, Qualifier));
    return renderConfiguration(fn, version, { arn, progress: 'done' });
  },
};

export default getFunctionConfiguration;
