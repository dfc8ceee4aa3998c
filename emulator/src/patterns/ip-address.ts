/** An IPv4 or IPv6 address as a number. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Looks like an address, which is when an exact string in a pattern is compared as one. */
export function looksLikeIp(text: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(text) || /^[\da-fA-F:]*:[\da-fA-F:]*$/.test(text);
}

/** `undefined` for what is no address. An IPv4 address mapped into IPv6 is the IPv4 address. */
export function parseIp(text: string): IpAddress | undefined {
  if (!looksLikeIp(text)) return undefined;
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): IpAddress | undefined {
  let value = 0n;
  for (const part of text.split('.')) {
    const byte = Number(part);
    if (byte > 255) return undefined;
    value = (value << 8n) | BigInt(byte);
  }
  return text.length > 15 ? undefined : { bits: 32, value };
}

const mappedIpv4 = 0xffffn;

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '');
  const tail = groups(halves[1] ?? '');
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => 0), ...tail])
    value = (value << 16n) | BigInt(group);
  return value >> 32n === mappedIpv4 ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

function groups(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  return parts.every((part) => /^[\da-fA-F]+$/.test(part) && Number.parseInt(part, 16) <= 0xffff)
    ? parts.map((part) => Number.parseInt(part, 16))
    : undefined;
}
