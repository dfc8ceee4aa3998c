import { lambdaQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { newVersion, publishLatest, revise } from '../changes.ts';
import { readCode } from '../code.ts';
import { renderConfiguration } from '../configuration.ts';
import { functionArn, parseFunctionName } from '../function-name.ts';
import type { CreateFunctionRequest, FunctionConfiguration } from '../generated/shapes.ts';
import { invalidParameterValue, resourceConflict } from '../refusals.ts';
import { changeSettings, defaultSettings } from '../settings.ts';
import { checkTags } from '../tags.ts';
import type { LambdaFunction, LambdaState } from '../state.ts';

const createFunction: Operation<CreateFunctionRequest, FunctionConfiguration, LambdaState> = {
  caveat: 'nodejs runs, CommonJS in a zip archive; functions of other runtimes fail when they are invoked',
  handle(input, state, { world, endpoint }) {
    const { name } = parseFunctionName(input.FunctionName, world);
    if (name.length > lambdaQuotas.functionNameLengthMax) {
      throw invalidParameterValue(
        `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: ` +
          `Member must have length less than or equal to ${lambdaQuotas.functionNameLengthMax}`,
      );
    }
    const arn = functionArn(world, { name });
    if (state.functions.has(name)) throw resourceConflict(`Function already exist: ${name}`);
    if (input.Runtime === undefined || input.Handler === undefined) {
      throw invalidParameterValue(
        'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
      );
    }
    checkTags(input.Tags);
    const settings = changeSettings(defaultSettings(name, input.Role), input);
    const fn: LambdaFunction = {
      name,
      arn,
      endpoint,
      latest: newVersion(world, { version: '$LATEST', code: readCode(input.Code), settings }),
      versions: new Map(),
      lastVersion: 0,
      aliases: new Map(),
      policies: new Map(),
      tags: new Map(Object.entries(input.Tags ?? {})),
      invokeConfigs: new Map(),
      running: 0,
      invocations: 0,
    };
    state.functions.set(name, fn);
    const version = input.Publish === true ? publishLatest(world, fn) : fn.latest;
    const answer = renderConfiguration(fn, version, { arn, progress: 'creating' });
    revise(world, fn.latest, version);
    return answer;
  },
};

export default createFunction;
