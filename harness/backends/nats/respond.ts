import { bytesOf } from '#core';
import type { Methods } from '#core';
import { errors } from '@nats-io/transport-node';
import type { Msg } from '@nats-io/transport-node';
import { answer } from '../answer.ts';
import type { Answer } from '../answer.ts';
import type { Link } from './link.ts';
import { headerOption, receivedOf } from './message.ts';
import { serviceError } from './request.ts';
import { listen } from './subscribe.ts';
import type { Receivers } from './subscribe.ts';

export function responding(link: Link, receivers: Receivers): Pick<Methods, 'respond'> {
  return {
    async respond({ responder, pattern, queue, behaviour }, { signal }) {
      let executions = 0;
      const handle = (message: Msg): void => {
        executions += 1;
        const request = receivedOf(message, link.names);
        link.tell({ kind: 'execute', responder, message: request });
        link.work(reply(link, message, answer(behaviour, request, executions)));
      };
      receivers.set(responder, await listen(link, { pattern, queue, handle, signal }));
      return null;
    },
  };
}

async function reply(link: Link, message: Msg, { afterMs, replies, error }: Answer): Promise<void> {
  if (afterMs > 0) await link.pause(afterMs);
  try {
    if (error !== undefined)
      message.respond(
        '',
        headerOption([
          [serviceError.message, error],
          [serviceError.code, '500'],
        ]),
      );
    for (const body of replies) message.respond(bytesOf(body));
  } catch (failure) {
    // Too large, or the session is over: the requester's deadline passes, which is all that it can see.
    if (!(failure instanceof errors.InvalidArgumentError) && !link.connection.isClosed()) throw failure;
  }
}
