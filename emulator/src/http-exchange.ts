import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WireRequest, WireResponse } from './protocols/protocol.ts';

/** The body of a request, whole; `undefined` where it is longer than `bytesMax`. */
export function readBody(incoming: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > bytesMax) resolve(undefined);
      else chunks.push(chunk);
    });
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)));
    incoming.on('error', reject);
    incoming.on('close', () => {
      if (!incoming.complete) reject(new Error('the caller went away before its request was complete'));
    });
  });
}

export function wireRequest(incoming: IncomingMessage, body: Buffer): WireRequest {
  const url = incoming.url ?? '/';
  const split = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const name in incoming.headers) {
    const value = incoming.headers[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return {
    method: incoming.method ?? 'GET',
    path: split === -1 ? url : url.slice(0, split),
    query: split === -1 ? '' : url.slice(split + 1),
    headers,
    body,
  };
}

/** Answers, unless the caller has gone. Text goes out in one piece with its headers, which costs one write less. */
export function write(outgoing: ServerResponse, { status, headers, body }: WireResponse, isHead = false): void {
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, { ...headers, 'content-length': body.length });
  if (isHead || body.length === 0) outgoing.end();
  else if (body.length <= textBytesMax && isText(headers['content-type'])) outgoing.end(body.toString('utf8'), 'utf8');
  else outgoing.end(body);
}

/** Above this turning bytes into text costs more than a second write. */
const textBytesMax = 16 * 1024;

function isText(contentType: string | undefined): boolean {
  return contentType?.startsWith('application/x-amz-json') === true || contentType === 'text/xml';
}

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
