import { bytesOf, DefiniteError } from '#core';
import type { Methods } from '#core';
import { harnessError } from './errors.ts';
import type { Link } from './link.ts';
import { headerOption } from './message.ts';

/** `ok` means that the client accepted it; only a flush tells that the server has it. */
export function publishing({ connection, names }: Link): Pick<Methods, 'publish'> {
  return {
    async publish({ subject, body, headers, reply }) {
      if (connection.isClosed()) throw new DefiniteError('closed');
      const options = { ...headerOption(headers), ...(reply !== undefined && { reply: names.toServer(reply) }) };
      try {
        connection.publish(names.toServer(subject), bytesOf(body), options);
      } catch (error) {
        throw harnessError(error);
      }
      return null;
    },
  };
}
