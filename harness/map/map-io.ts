import { UsageError } from '#core';

/** What a `map` command reads and writes. */
export interface MapIo {
  readonly write: (text: string) => void;
  /** A remark that is no answer. */
  readonly remark: (line: string) => void;
  /** What comes by pipe; `undefined` on a terminal. */
  readonly input: AsyncIterable<Uint8Array> | undefined;
}

/**
 * Lines of the input one by one, without their ends; empty ones are left out.
 *
 * @throws UsageError that names the line where bytes are no UTF-8.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedLine> {
  let rest = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of input) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      number += 1;
      const text = decode(rest.subarray(0, end), number);
      rest = rest.subarray(end + 1);
      if (text !== '') yield { number, text };
    }
  }
  if (rest.length > 0) yield { number: number + 1, text: decode(rest, number + 1) };
}

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

function decode(bytes: Uint8Array, number: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r$/, '');
  } catch (error) {
    throw new UsageError(`line ${number} is not UTF-8`, { cause: error });
  }
}
