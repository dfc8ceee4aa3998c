import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { FuzzRequest } from './requests.ts';

/** What came of a request: the answers that arrived, and whether the connection was closed. */
export interface Exchange {
  readonly answers: readonly { readonly status: number; readonly body: string }[];
  readonly isClosed: boolean;
  /** Nothing came for so long that it was given up. */
  readonly isStuck: boolean;
}

/** A server that does not answer by then never will. */
const stuckMs = 30_000;

/** Sends one request after the other; each over the connection of the one before, if that is still of use. */
export function createConnection(port: number): {
  readonly send: (request: FuzzRequest) => Promise<Exchange>;
  readonly end: () => void;
} {
  let kept: Socket | undefined;
  return {
    send: async ({ bytes, ends }) => {
      const socket = kept ?? open(port);
      kept = undefined;
      const exchange = await exchangeOn(socket, bytes, ends);
      if (ends === 'answered' && !exchange.isClosed && !exchange.isStuck) kept = socket;
      else socket.destroy();
      return exchange;
    },
    end: () => kept?.destroy(),
  };
}

function open(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  // A reset after the answer is nobody's business any more.
  return socket.on('error', () => undefined);
}

function exchangeOn(socket: Socket, bytes: Buffer, ends: FuzzRequest['ends']): Promise<Exchange> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const hasBody = !bytes.subarray(0, 5).equals(Buffer.from('HEAD '));
    const timer = setTimeout(() => finish(false, true), stuckMs);
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      if (ends === 'answered' && parse(received, hasBody).isWhole) finish(false, false);
    };
    const onClose = (): void => finish(true, false);
    function finish(isClosed: boolean, isStuck: boolean): void {
      clearTimeout(timer);
      socket.off('data', onData).off('end', onClose).off('close', onClose).off('error', onClose);
      resolve({ answers: parse(received, hasBody).answers, isClosed: isClosed || isClosing(received), isStuck });
    }
    socket.on('data', onData).on('end', onClose).on('close', onClose).on('error', onClose);
    if (ends === 'closed') socket.end(bytes);
    else socket.write(bytes);
  });
}

function isClosing(received: Buffer): boolean {
  return /^connection: close\r$/im.test(received.toString('latin1'));
}

/** The answers in what was received; all of them have a length, or are the last before the connection is closed. */
function parse(
  received: Buffer,
  hasBody: boolean,
): { readonly answers: Exchange['answers']; readonly isWhole: boolean } {
  const answers: { status: number; body: string }[] = [];
  let rest = received;
  for (;;) {
    const headEnd = rest.indexOf('\r\n\r\n');
    if (headEnd === -1) return { answers, isWhole: answers.length > 0 && rest.length === 0 };
    const head = rest.subarray(0, headEnd).toString('latin1');
    // Node's own refusals come in chunks, and nothing after them.
    if (/^transfer-encoding: chunked\r?$/im.test(head)) {
      answers.push({ status: statusOf(head), body: rest.subarray(headEnd + 4).toString('utf8') });
      return { answers, isWhole: false };
    }
    const status = statusOf(head);
    const length = !hasBody ? 0 : Number(/^content-length: (\d+)\r?$/im.exec(head)?.[1] ?? 0);
    const body = rest.subarray(headEnd + 4, headEnd + 4 + length);
    rest = rest.subarray(headEnd + 4 + length);
    if (status === 100) continue;
    answers.push({ status, body: body.toString('utf8') });
    if (body.length < length) return { answers, isWhole: false };
  }
}

function statusOf(head: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
}
