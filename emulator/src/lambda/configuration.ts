import type { FunctionConfiguration } from './generated/shapes.ts';
import type { LambdaFunction, Version } from './state.ts';

/** How far a function is with what was last asked of it. AWS is done in seconds; here the next call finds it done. */
export type Progress = 'creating' | 'updating' | 'done';

const runtimeArn = 'arn:aws:lambda:us-east-1::runtime:parallax';

/** A configuration as AWS answers it; `arn` is the one the caller asked for. */
export function renderConfiguration(
  fn: LambdaFunction,
  { version, settings, code, revisionId, modifiedMs }: Version,
  { arn, progress }: { readonly arn: string; readonly progress: Progress },
): FunctionConfiguration {
  return {
    ...renderListed(fn, { version, settings, code, revisionId, modifiedMs }, arn),
    RuntimeVersionConfig: { RuntimeVersionArn: runtimeArn },
    ...states[progress],
  };
}

/** A configuration as the lists show it, without states. */
export function renderListed(
  fn: LambdaFunction,
  { version, settings, code, revisionId, modifiedMs }: Omit<Version, 'idle'>,
  arn: string,
): FunctionConfiguration {
  return {
    ...settings,
    FunctionName: fn.name,
    FunctionArn: arn,
    CodeSize: code.bytes,
    CodeSha256: code.sha256,
    LastModified: new Date(modifiedMs).toISOString().replace('Z', '+0000'),
    PackageType: 'Zip',
    RevisionId: revisionId,
    Version: version,
  };
}

const changing = {
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: 'The function is being created.',
  LastUpdateStatusReasonCode: 'Creating',
} as const;

const states = {
  creating: { State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' },
  updating: { State: 'Active', ...changing },
  done: { State: 'Active', LastUpdateStatus: 'Successful' },
} as const satisfies Record<Progress, FunctionConfiguration>;
