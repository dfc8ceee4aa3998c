import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { realClock } from './clock.ts';
import type { WireRequest, WireResponse } from './protocols/protocol.ts';

/**
 * Hands on the body of a request, whole; `undefined` where it is longer than `bytesMax`. A caller who goes away before
 * that is not heard of again.
 */
export function readBody(incoming: IncomingMessage, bytesMax: number, then: (body: Buffer | undefined) => void): void {
  if (Number(incoming.headers['content-length']) > bytesMax) {
    then(undefined);
    return;
  }
  let first: Buffer | undefined;
  let chunks: Buffer[] | undefined;
  let length = 0;
  incoming.on('data', (chunk: Buffer) => {
    const isTooLong = length > bytesMax;
    length += chunk.length;
    if (length > bytesMax) {
      chunks = undefined;
      if (!isTooLong) then(undefined);
    } else if (first === undefined) first = chunk;
    else (chunks ??= [first]).push(chunk);
  });
  incoming.on('end', () => {
    if (length <= bytesMax) then(chunks === undefined ? (first ?? nothing) : Buffer.concat(chunks, length));
  });
  incoming.on('error', ignore);
}

const nothing = Buffer.alloc(0);

/** Of a caller who went away there is nobody to tell. */
function ignore(): void {
  return undefined;
}

export function wireRequest(incoming: IncomingMessage, body: Buffer): WireRequest {
  const { url = '/', method = 'GET', headers } = incoming;
  const split = url.indexOf('?');
  return {
    method,
    path: split === -1 ? url : url.slice(0, split),
    query: split === -1 ? '' : url.slice(split + 1),
    headers: joined(headers),
    body,
  };
}

function joined(headers: IncomingHttpHeaders): WireRequest['headers'] {
  if (isJoined(headers)) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** Node joins all but this one, which no caller has reason to send. */
function isJoined(headers: IncomingHttpHeaders): headers is WireRequest['headers'] {
  return headers['set-cookie'] === undefined;
}

/** Answers, unless the caller has gone. Text goes out in one piece with its headers, which costs one write less. */
export function write(outgoing: ServerResponse, { status, headers, body }: WireResponse, isHead = false): void {
  if (outgoing.destroyed) return;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  outgoing.writeHead(status, { ...headers, 'content-length': length });
  if (isHead || length === 0) outgoing.end();
  else if (typeof body === 'string' && length > textBytesMax) outgoing.end(Buffer.from(body));
  else outgoing.end(body);
}

/** Closes the connection of a caller that does not read its answer. Most answers are gone at once. */
export function dropUnread(outgoing: ServerResponse, answerMs: number): void {
  if (outgoing.writableLength === 0 && outgoing.socket?.writableLength === 0) return;
  const cancel = realClock.at(realClock.epochMs() + answerMs, () => outgoing.destroy());
  outgoing.once('close', cancel);
}

/** Above this a second write costs less than joining. */
const textBytesMax = 64 * 1024;

/** A signal that says when the caller has gone, made for those only who ask. */
export function goneSignal(outgoing: ServerResponse): () => AbortSignal {
  let aborter: AbortController | undefined;
  return () => {
    if (aborter === undefined) {
      const made = new AbortController();
      aborter = made;
      if (outgoing.closed) made.abort();
      else {
        outgoing.once('close', () => {
          if (!outgoing.writableFinished) made.abort();
        });
      }
    }
    return aborter.signal;
  };
}
