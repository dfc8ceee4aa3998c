import { AwsError } from '../errors.ts';
import { uuid } from '../ids.ts';
import { textOf } from '../late-text.ts';
import { needsPermission } from '../resource-policy.ts';
import type { Delivery, DeliveryResult, World } from '../service.ts';
import { enqueue } from './async-queue.ts';
import { execute } from './executor.ts';
import { findVersion, parseFunctionName } from './function-name.ts';
import { mayInvoke } from './permission.ts';
import { countRunning } from './running.ts';
import type { LambdaState } from './state.ts';

/** Another service invokes a function: a rule's target, a topic's subscription. It needs a permission of the function's. */
export async function receive(delivery: Delivery, state: LambdaState, world: World): Promise<DeliveryResult> {
  try {
    const name = parseFunctionName(delivery.targetArn, world);
    const target = findVersion(state, world, name, world.random);
    if (needsPermission(delivery) && !mayInvoke(target.fn, name.qualifier, delivery)) {
      const message = `${delivery.principal} is not authorized to perform: lambda:InvokeFunction on resource: ${target.arn}`;
      return { ok: false, retryable: false, code: 'AccessDeniedException', message };
    }
    const { traceHeader } = delivery;
    if (delivery.invocation !== 'request-response') {
      enqueue(world, state, target.fn, {
        requestId: uuid(world.random),
        name,
        payload: textOf(delivery.body),
        traceHeader,
      });
      return { ok: true };
    }
    const { payload, functionError } = await execute(world, () => countRunning(state), {
      ...target,
      event: textOf(delivery.body),
      traceHeader,
    });
    return { ok: true, payload, ...(functionError && { functionError }) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return {
      ok: false,
      retryable: error.status === 429 || error.status >= 500,
      code: error.code,
      message: error.message,
    };
  }
}
