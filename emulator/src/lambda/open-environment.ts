import { realClock } from '../clock.ts';
import { hex } from '../ids.ts';
import type { World } from '../service.ts';
import { createEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { createFunctionThread } from './function-thread.ts';
import type { FunctionThread } from './function-thread.ts';
import type { LambdaFunction, Version } from './state.ts';

const threads = new WeakMap<Version, FunctionThread>();

/**
 * A new environment for a version's code: in this thread where time is virtual, so that the handler's time is the
 * world's; else in the version's own thread.
 */
export function openEnvironment(world: World, fn: LambdaFunction, version: Version): Environment {
  const { settings, code } = version;
  const options = {
    files: code.files,
    handler: settings.Handler ?? '',
    variables: { ...reservedVariables(world, fn, version), ...settings.Environment?.Variables },
    send: world.call,
    logStream: logStreamOf(world, version),
  };
  if (world.clock !== realClock) return createEnvironment({ ...options, clock: world.clock, random: world.random });
  const thread =
    threads.get(version) ?? createFunctionThread({ ...options, seed: Math.floor(world.random() * 2 ** 32) });
  threads.set(version, thread);
  return thread.open(options.logStream);
}

/** A name like AWS's: day, version, and what tells it from others. */
function logStreamOf(world: World, { version }: Version): string {
  const day = new Date(world.clock.epochMs()).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[${version}]${hex(world.random, 32)}`;
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function reservedVariables(world: World, fn: LambdaFunction, { version, settings }: Version): Record<string, string> {
  return {
    _HANDLER: settings.Handler ?? '',
    AWS_REGION: world.region,
    AWS_DEFAULT_REGION: world.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.Runtime ?? ''}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.MemorySize),
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_ACCESS_KEY_ID: world.accountId,
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_ENDPOINT_URL: fn.endpoint,
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    TZ: ':UTC',
  };
}
