import { AwsError } from '../../errors.ts';
import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { checkBatch, eachEntry } from '../batch.ts';
import type { SendMessageBatchInput, SendMessageBatchOutput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import { checkIdentity, checkSending, send, sendingBytes, throttleFifo } from '../send.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, Entries }, state, context) => {
    const { world, traceHeader } = context;
    const queue = queueOf(QueueUrl, state, context);
    throttleFifo(queue, 'SendMessageBatch', world);
    const entries = checkBatch(Entries, 'SendMessageBatchRequestEntry');
    const bytes = entries.reduce((sum, entry) => sum + sendingBytes(entry), 0);
    if (bytes > sqsQuotas.batchBytesMax) {
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${sqsQuotas.batchBytesMax} bytes. You have sent ${bytes} bytes.`,
      );
    }
    for (const entry of entries) checkIdentity(queue, entry, { isEntry: true });
    return eachEntry(queue, entries, world, (entry) => {
      checkSending(queue, entry, { isEntry: true });
      return { Id: entry.Id, ...send(queue, entry, { id: world.accountId, traceHeader }, state, world) };
    });
  },
} satisfies Operation<SendMessageBatchInput, Partial<SendMessageBatchOutput>, SqsState>;
