import { base64, DefiniteError } from '#core';
import type { Header, Received } from '#core';
import { headers as createHeaders } from '@nats-io/transport-node';
import type { Msg, MsgHdrs } from '@nats-io/transport-node';
import type { Names } from './names.ts';

/** The message as it came off the wire, under the scenario's own subjects. */
export function receivedOf({ subject, data, reply, headers }: Msg, names: Names): Received {
  return {
    subject: names.fromServer(subject),
    body: base64(data),
    ...(headers !== undefined && { headers: headerList(headers) }),
    ...(reply !== undefined && reply !== '' && { reply: names.fromServer(reply) }),
  };
}

/** As the client gives them: values of one name together, names in the order of their first value. */
export function headerList(headers: MsgHdrs): readonly Header[] {
  return [...headers].flatMap(([name, values]) => values.map((value): Header => [name, value]));
}

/** What the client wants of headers, as an option that is absent where there are none. */
export function headerOption(list: readonly Header[] | undefined): { readonly headers?: MsgHdrs } {
  if (list === undefined) return {};
  const headers = createHeaders();
  for (const [name, value] of list) {
    try {
      headers.append(name, value);
    } catch (error) {
      throw new DefiniteError('invalid-header', { cause: error });
    }
  }
  return { headers };
}
