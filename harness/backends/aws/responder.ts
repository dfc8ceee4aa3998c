import type { Message, ReplyContent } from 'parallax-translator';
import { base64, bytesOf, hashText, sleep } from '#core';
import type { Clock, Responder } from '#core';

/** The behaviour as code: what each request is answered with. `counter` is the responder's own, from 1. */
export async function replies(
  behaviour: Responder,
  message: Message,
  { clock, counter, signal }: { readonly clock: Clock; readonly counter: number; readonly signal: AbortSignal },
): Promise<readonly ReplyContent[]> {
  const { payload } = message;
  switch (behaviour.kind) {
    case 'echo':
      return [{ payload }];
    case 'fail':
      throw new Error(behaviour.message);
    case 'silent':
      return [];
    case 'delay': {
      const spread = hashText(base64(payload)) / 2 ** 32;
      await sleep(clock, behaviour.ms + spread * (behaviour.jitterMs ?? 0), { signal });
      return [{ payload }];
    }
    case 'count':
      return [{ payload: text(String(counter)) }];
    case 'describe':
      return [{ payload: text(describe(message)) }];
    case 'several':
      return Array.from({ length: behaviour.replies }, (_, index) => ({
        payload: Buffer.concat([payload, text(`:${index}`)]),
      }));
    case 'fixed':
      return [{ payload: bytesOf(behaviour.body) }];
    case 'sized':
      return [{ payload: new Uint8Array(behaviour.bytes) }];
    default:
      return behaviour satisfies never;
  }
}

function describe({ subject, reply, headers }: Message): string {
  return JSON.stringify({ subject, reply: reply ?? null, headers });
}

function text(value: string): Uint8Array {
  return Buffer.from(value, 'utf8');
}
