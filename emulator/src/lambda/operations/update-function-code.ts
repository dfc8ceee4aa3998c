import type { Operation } from '../../service.ts';
import { changeLatest, checkRevision, publishLatest, revise } from '../changes.ts';
import { readCode } from '../code.ts';
import { renderConfiguration } from '../configuration.ts';
import { findFunction, parseFunctionName } from '../function-name.ts';
import type { FunctionConfiguration, UpdateFunctionCodeRequest } from '../generated/shapes.ts';
import { changeSettings } from '../settings.ts';
import type { LambdaState } from '../state.ts';

const updateFunctionCode: Operation<UpdateFunctionCodeRequest, FunctionConfiguration, LambdaState> = {
  handle(input, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(input.FunctionName, world));
    checkRevision(fn, input.RevisionId);
    const code = readCode(input);
    if (input.DryRun === true)
      return renderConfiguration(fn, { ...fn.latest, code }, { arn: fn.arn, progress: 'done' });
    const settings = changeSettings(fn.latest.settings, { Architectures: input.Architectures });
    const latest = changeLatest(world, fn, { code, settings });
    const published = input.Publish === true ? publishLatest(world, fn) : undefined;
    const answer =
      published === undefined
        ? renderConfiguration(fn, latest, { arn: fn.arn, progress: 'updating' })
        : renderConfiguration(fn, published, { arn: `${fn.arn}:${published.version}`, progress: 'creating' });
    revise(world, latest);
    return answer;
  },
};

export default updateFunctionCode;
