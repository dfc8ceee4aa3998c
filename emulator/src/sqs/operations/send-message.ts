import type { Operation } from '../../service.ts';
import type { SendMessageInput, SendMessageOutput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import { checkSending, send, throttleFifo } from '../send.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: (input, state, context) => {
    const queue = queueOf(input.QueueUrl, state, context);
    throttleFifo(queue, 'SendMessage', context.world);
    checkSending(queue, input, { isEntry: false });
    return send(queue, input, { id: context.world.accountId, traceHeader: context.traceHeader }, state, context.world);
  },
} satisfies Operation<SendMessageInput, SendMessageOutput, SqsState>;
