import { inflateRawSync } from 'node:zlib';
import { lambdaQuotas } from '../quotas.ts';

/** Files of an archive by their path, directories left out. */
export type Files = ReadonlyMap<string, Buffer>;

const { unzippedBytesMax } = lambdaQuotas;

/** An archive that cannot be read; `oversize` where it holds more than a function may. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
  readonly oversize: boolean;

  constructor(message: string, options: ErrorOptions & { readonly oversize?: boolean } = {}) {
    super(message, options);
    this.oversize = options.oversize ?? false;
  }
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * Reads a zip archive: stored and deflated entries, no encryption, no zip64.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function unzip(archive: Buffer): Files {
  try {
    return readEntries(archive);
  } catch (error) {
    if (error instanceof ZipError) throw error;
    throw new ZipError('archive is damaged', { cause: error });
  }
}

function readEntries(archive: Buffer): Files {
  const end = archive.lastIndexOf(uint32(endSignature));
  if (end < 0) throw new ZipError('archive has no central directory');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  let bytes = 0;
  for (let entry = archive.readUInt16LE(end + 10); entry > 0; entry--) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new ZipError(`no entry at ${at}`);
    const nameBytes = archive.readUInt16LE(at + 28);
    const path = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    bytes += archive.readUInt32LE(at + 24);
    if (bytes > unzippedBytesMax) throw new ZipError(`more than ${unzippedBytesMax} bytes`, { oversize: true });
    if (!path.endsWith('/')) files.set(path, readContent(archive, at));
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function readContent(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const packedBytes = archive.readUInt32LE(entry + 20);
  const plainBytes = archive.readUInt32LE(entry + 24);
  const local = archive.readUInt32LE(entry + 42);
  if (archive.readUInt32LE(local) !== localSignature) throw new ZipError(`no file at ${local}`);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + packedBytes);
  if (packed.length !== packedBytes) throw new ZipError('archive is cut short');
  const content = unpack(packed, method, plainBytes);
  if (content.length !== plainBytes) throw new ZipError(`${content.length} bytes where ${plainBytes} were said`);
  return content;
}

function unpack(packed: Buffer, method: number, plainBytes: number): Buffer {
  if (method === 0) return Buffer.from(packed);
  if (method === 8) return inflateRawSync(packed, { maxOutputLength: Math.max(1, plainBytes) });
  throw new ZipError(`compression method ${method} is unknown`);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
