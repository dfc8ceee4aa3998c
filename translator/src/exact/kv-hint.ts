import { asciiJson, parseObject } from '../json.ts';
import type { LogRow } from './kv-rows.ts';

/** Tells a watcher that a bucket has changed, and where it is not too large, by what. */
export interface Hint {
  readonly bucket: string;
  readonly row?: LogRow;
}

/**
 * Values beyond this are left to be read. SQS counts a request for each 64 KB.
 *
 * @see https://aws.amazon.com/sqs/pricing/
 */
const valueBytesMax = 32_768;

export function encodeHint({ bucket, row }: Hint): string {
  const isWhole = row !== undefined && row.chunks === 0 && row.entry.value.byteLength <= valueBytesMax;
  if (!isWhole) return asciiJson({ kv: bucket });
  const { entry, expiresAtMs, write } = row;
  const { key, value, revision, operation } = entry;
  return asciiJson({
    kv: bucket,
    key,
    rev: revision,
    op: operation,
    p: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'),
    ...(expiresAtMs !== undefined && { exp: expiresAtMs }),
    w: write,
  });
}

/** `undefined` where the text is no hint. */
export function decodeHint(text: string): Hint | undefined {
  const {
    kv: bucket,
    key,
    rev: revision,
    op: operation,
    p: value,
    exp: expiresAtMs,
    w: write,
  } = parseObject(text) ?? {};
  if (typeof bucket !== 'string') return undefined;
  if (typeof key !== 'string' || typeof revision !== 'number' || typeof value !== 'string') return { bucket };
  if (typeof write !== 'string') return { bucket };
  if (operation !== 'PUT' && operation !== 'DEL' && operation !== 'PURGE') return { bucket };
  return {
    bucket,
    row: {
      entry: { key, value: Buffer.from(value, 'base64'), revision, operation },
      chunks: 0,
      write,
      ...(typeof expiresAtMs === 'number' && { expiresAtMs }),
    },
  };
}
