import { AwsError } from '../../errors.ts';
import { uuid } from '../../ids.ts';
import type { Operation } from '../../service.ts';
import { enqueue } from '../async-queue.ts';
import { execute } from '../executor.ts';
import { findVersion, parseFunctionName } from '../function-name.ts';
import type { InvocationRequest, InvocationResponse } from '../generated/shapes.ts';
import { logTail } from '../log-tail.ts';
import { checkPayload } from '../payload.ts';
import { countRunning } from '../running.ts';
import type { LambdaState } from '../state.ts';

/** An error of the function comes under 200: `FunctionError` says so. */
const invoke: Operation<InvocationRequest, InvocationResponse, LambdaState> = {
  async handle({ FunctionName, InvocationType = 'RequestResponse', Payload, Qualifier, LogType }, state, context) {
    const { world, traceHeader } = context;
    const name = parseFunctionName(FunctionName, world, Qualifier);
    const target = findVersion(state, world, name, world.random);
    const event = checkPayload(Payload, InvocationType);
    switch (InvocationType) {
      case 'DryRun':
        return { StatusCode: 204 };
      case 'Event':
        enqueue(world, state, target.fn, { requestId: uuid(world.random), name, payload: event, traceHeader });
        return { StatusCode: 202, Payload: new Uint8Array() };
      case 'RequestResponse': {
        const execution = await execute(world, () => countRunning(state), {
          ...target,
          event,
          traceHeader,
        });
        const { payload, functionError, version } = execution;
        return {
          StatusCode: 200,
          ExecutedVersion: version,
          Payload: Buffer.from(payload),
          ...(functionError && { FunctionError: functionError }),
          ...(LogType === 'Tail' && { LogResult: logTail(execution, target.version.settings.MemorySize) }),
        };
      }
      default:
        throw new AwsError('InvalidParameterValueException', `unknown InvocationType '${InvocationType}'`);
    }
  },
};

export default invoke;
