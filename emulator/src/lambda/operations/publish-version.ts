import type { Operation } from '../../service.ts';
import { checkRevision, publishLatest } from '../changes.ts';
import { renderConfiguration } from '../configuration.ts';
import { findFunction, functionArn, parseFunctionName } from '../function-name.ts';
import type { FunctionConfiguration, PublishVersionRequest } from '../generated/shapes.ts';
import { invalidParameterValue } from '../refusals.ts';
import type { LambdaState } from '../state.ts';

const publishVersion: Operation<PublishVersionRequest, FunctionConfiguration, LambdaState> = {
  handle({ FunctionName, CodeSha256, Description, RevisionId }, state, { world }) {
    const fn = findFunction(state, world, parseFunctionName(FunctionName, world));
    checkRevision(fn, RevisionId);
    const { sha256 } = fn.latest.code;
    if (CodeSha256 !== undefined && CodeSha256 !== '' && CodeSha256 !== sha256) {
      throw invalidParameterValue(
        `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). ` +
          'Please try again with the CodeSHA256 in $LATEST.',
      );
    }
    const version = publishLatest(world, fn, Description);
    const arn = functionArn(world, { name: fn.name, qualifier: version.version });
    return renderConfiguration(fn, version, { arn, progress: 'done' });
  },
};

export default publishVersion;
