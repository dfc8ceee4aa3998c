import type { World } from '../service.ts';
import { createEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import type { LambdaFunction, Version } from './state.ts';

/**
 * A new environment for a version's code. On a virtual clock it lives in this thread, so that its time is the world's;
 * on the real one it would live in a worker.
 */
export function openEnvironment(world: World, fn: LambdaFunction, { settings, code }: Version): Environment {
  const variables = { ...settings.Environment?.Variables };
  return createEnvironment({
    files: code.files,
    handler: settings.Handler ?? '',
    variables: { ...reservedVariables(world, fn, settings), ...variables },
    clock: world.clock,
    random: world.random,
    send: (service, operation, input) => world.call(service, operation, input),
    log: () => undefined,
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function reservedVariables(world: World, fn: LambdaFunction, settings: Version['settings']): Record<string, string> {
  return {
    _HANDLER: settings.Handler ?? '',
    AWS_REGION: world.region,
    AWS_DEFAULT_REGION: world.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.Runtime ?? ''}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_ACCESS_KEY_ID: world.accountId,
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_ENDPOINT_URL: fn.endpoint,
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    TZ: ':UTC',
  };
}
