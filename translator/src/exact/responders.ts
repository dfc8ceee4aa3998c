import type { Connection, Handler, Message, ReplyContent, Responder } from '../connection.ts';
import type { Core } from './core.ts';
import { errorReply } from './requests.ts';

/** The answering side of a connection. */
export interface Responders {
  /** Runs the responder beside the next message, and sends what it answers. */
  readonly handler: (responder: Responder) => Handler;
  /** Resolves once all requests at hand are answered. */
  readonly idle: () => Promise<void>;
}

export function createResponders(core: Core, publish: Connection['publish']): Responders {
  const answering = new Set<Promise<void>>();

  async function answer(responder: Responder, message: Message): Promise<void> {
    const replies = await repliesOf(responder, message);
    if (message.reply === undefined) return;
    for (const { payload, headers } of replies) await publish(message.reply, payload, { ...(headers && { headers }) });
  }

  return {
    handler: (responder) => (message) => {
      const task = answer(responder, message)
        .catch(core.onError)
        .finally(() => answering.delete(task));
      answering.add(task);
    },
    idle: async () => {
      await Promise.all(answering);
    },
  };
}

async function repliesOf(responder: Responder, message: Message): Promise<readonly ReplyContent[]> {
  try {
    return await responder(message);
  } catch (error) {
    return [errorReply(error)];
  }
}
