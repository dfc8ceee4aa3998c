import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

/** One kept connection with one request in flight. */
export interface RawLane {
  readonly send: (request: string | Buffer) => Promise<RawAnswer>;
  readonly close: () => void;
}

interface Waiting {
  readonly resolve: (answer: RawAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A client that costs little, so that the server is what is measured: writes bytes that were made before, and reads as much
 * of an answer as tells where it ends. Opens a new connection where the server closes.
 */
export function openLane(port: number): RawLane {
  let socket: Socket | undefined;
  let waiting: Waiting | undefined;
  let received: Buffer = Buffer.alloc(0);

  function settle(answer: RawAnswer, isLast: boolean): void {
    const { resolve } = waiting ?? {};
    waiting = undefined;
    received = Buffer.alloc(0);
    if (isLast) {
      socket?.destroy();
      socket = undefined;
    }
    resolve?.(answer);
  }

  function open(): Socket {
    const opened = connect(port, '127.0.0.1');
    opened.setNoDelay(true);
    opened.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const parsed = parse(received, false);
      if (parsed !== undefined) settle(parsed.answer, parsed.isLast);
    });
    opened.on('close', () => {
      if (socket !== opened) return;
      socket = undefined;
      const parsed = waiting && parse(received, true);
      if (parsed !== undefined) settle(parsed.answer, true);
      else waiting?.reject(new Error('the server closed without an answer'));
    });
    opened.on('error', (error) => {
      waiting?.reject(error);
      waiting = undefined;
    });
    return opened;
  }

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket ??= open();
        socket.write(request);
      }),
    close: () => socket?.destroy(),
  };
}

const headEnd = Buffer.from('\r\n\r\n');

function parse(
  received: Buffer,
  isClosed: boolean,
): { readonly answer: RawAnswer; readonly isLast: boolean } | undefined {
  const end = received.indexOf(headEnd);
  if (end === -1) return undefined;
  const head = received.toString('latin1', 0, end).toLowerCase();
  const status = Number(head.slice(9, 12));
  const contentType = /\ncontent-type: *([^\r]+)/.exec(head)?.[1] ?? '';
  const isLast = head.startsWith('http/1.0') || head.includes('\nconnection: close');
  const rest = received.subarray(end + 4);
  const length = /\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) {
    if (rest.length < Number(length)) return undefined;
    return { answer: { status, contentType, body: rest.subarray(0, Number(length)) }, isLast };
  }
  if (head.includes('\ntransfer-encoding: chunked')) {
    const body = unchunk(rest);
    return body && { answer: { status, contentType, body }, isLast };
  }
  return isClosed ? { answer: { status, contentType, body: rest }, isLast: true } : undefined;
}

/** The body, once its last chunk is there. */
function unchunk(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}
