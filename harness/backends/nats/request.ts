import { base64, bytesOf } from '#core';
import type { Methods, Reply } from '#core';
import type { Msg } from '@nats-io/transport-node';
import type { Link } from './link.ts';
import { headerList, headerOption } from './message.ts';

/** The micro-services convention: https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md */
export const serviceError = { message: 'Nats-Service-Error', code: 'Nats-Service-Error-Code' } as const;

export function requesting(link: Link): Pick<Methods, 'request' | 'request-many'> {
  const { connection, names } = link;
  return {
    request: ({ subject, body, headers, timeoutMs }, options) =>
      link.call(async () => {
        const request = { ...headerOption(headers), timeout: timeoutMs };
        return replyOf(await connection.request(names.toServer(subject), bytesOf(body), request));
      }, options),
    'request-many': ({ subject, body, timeoutMs, repliesMax }, options) =>
      link.call(async () => {
        const replies: Reply[] = [];
        const messages = await connection.requestMany(names.toServer(subject), bytesOf(body), {
          maxWait: timeoutMs,
          ...(repliesMax === undefined ? { strategy: 'timer' } : { strategy: 'count', maxMessages: repliesMax }),
        });
        for await (const message of messages) replies.push(replyOf(message));
        return replies;
      }, options),
  };
}

function replyOf({ data, headers }: Msg): Reply {
  const list = headers === undefined ? [] : headerList(headers);
  const applicationError = list.find(([name]) => name === serviceError.message)?.[1];
  return { body: base64(data), headers: list, ...(applicationError !== undefined && { applicationError }) };
}
