import { brand } from './brand.ts';
import type { Base64 } from './brand.ts';

/** Base64 text of the bytes. */
export function base64(bytes: Uint8Array): Base64 {
  return brand<Base64>(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'));
}

/** Base64 text of the UTF-8 form of `text`. */
export function utf8(text: string): Base64 {
  return brand<Base64>(Buffer.from(text, 'utf8').toString('base64'));
}

/** The bytes that `text` stands for. */
export function bytesOf(text: Base64): Uint8Array {
  return Buffer.from(text, 'base64');
}
