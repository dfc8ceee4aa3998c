import { crc32 } from 'node:zlib';

const versionNeeded = 20;
/** 1980-01-01, the earliest date that the format knows: the same files, the same archive. */
const dosDate = 0x21;

/**
 * A ZIP archive of text files, stored without compression.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zip(files: Readonly<Record<string, string>>): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const path = Buffer.from(name, 'utf8');
    const content = Buffer.from(text, 'utf8');
    const common = commonFields(path, content);
    const local = Buffer.concat([uint32(0x04034b50), common, path, content]);
    directory.push(
      Buffer.concat([
        uint32(0x02014b50),
        uint16(versionNeeded),
        common,
        uint16(0, 0, 0),
        uint32(0o644 << 16, offset),
        path,
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = directory.length;
  const end = Buffer.concat([
    uint32(0x06054b50),
    uint16(0, 0, count, count),
    uint32(central.length, offset),
    uint16(0),
  ]);
  return Buffer.concat([...parts, central, end]);
}

/** The fields that a file's own header and its entry in the directory share. */
function commonFields(path: Buffer, content: Buffer): Buffer {
  return Buffer.concat([
    uint16(versionNeeded, 0, 0, 0, dosDate),
    uint32(crc32(content), content.length, content.length),
    uint16(path.length, 0),
  ]);
}

function uint16(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt16LE(value, 2 * index);
  return buffer;
}

function uint32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt32LE(value >>> 0, 4 * index);
  return buffer;
}
