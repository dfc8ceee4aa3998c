import type { Operation } from '../../service.ts';
import { changeLatest, checkRevision, revise } from '../changes.ts';
import { renderConfiguration } from '../configuration.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '../generated/shapes.ts';
import { changeSettings } from '../settings.ts';
import type { LambdaState } from '../state.ts';

const updateFunctionConfiguration: Operation<UpdateFunctionConfigurationRequest, FunctionConfiguration, LambdaState> = {
  handle(input, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(input.FunctionName, world));
    checkRevision(fn, input.RevisionId);
    const latest = changeLatest(world, fn, { settings: changeSettings(fn.latest.settings, input) });
    const answer = renderConfiguration(fn, latest, { arn: fn.arn, progress: 'updating' });
    revise(world, latest);
    return answer;
  },
};

export default updateFunctionConfiguration;
