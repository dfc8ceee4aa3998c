import { eventsQuotas } from '../quotas.ts';
import type { PutEventsRequestEntry, PutEventsResultEntry } from './generated/shapes.ts';

const { detailTypeLengthMax, detailNestingMax, entryTimeBytes } = eventsQuotas;

/** Why an entry is refused; `undefined`: it is taken. */
export function entryProblem({ Source, DetailType, Detail }: PutEventsRequestEntry): PutEventsResultEntry | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value) return invalid(name, `${name} is a required argument.`);
  }
  if (DetailType !== undefined && DetailType.length > detailTypeLengthMax) {
    return invalid('DetailType', `DetailType is longer than ${detailTypeLengthMax} characters.`);
  }
  if (Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  return Detail === undefined || isDetail(Detail)
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function invalid(name: string, reason: string): PutEventsResultEntry {
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}` };
}

function isDetail(text: string): boolean {
  try {
    const detail: unknown = JSON.parse(text);
    if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return false;
  } catch {
    return false;
  }
  return isWithinLimits(text);
}

/** Is valid JSON not too deep, and are its whole numbers within 64 bits? */
export function isWithinLimits(text: string): boolean {
  if (text.length <= 2 * detailNestingMax && !/\d{19}/.test(text)) return true;
  const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
  return depthOf(bare) <= detailNestingMax && integersFit(bare);
}

function depthOf(bare: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of bare.matchAll(/[{}[\]]/g)) {
    depth += bracket === '{' || bracket === '[' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function integersFit(bare: string): boolean {
  for (const [number] of bare.matchAll(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    if (/^-?\d{19,}$/.test(number) && BigInt.asIntN(64, BigInt(number)) !== BigInt(number)) return false;
  }
  return true;
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html, "Calculating event entry size" */
export function entriesBytes(entries: readonly PutEventsRequestEntry[]): number {
  let bytes = 0;
  for (const { Time, Source = '', DetailType = '', Detail = '', Resources = [] } of entries) {
    if (Time !== undefined) bytes += entryTimeBytes;
    for (const text of [Source, DetailType, Detail, ...Resources]) bytes += Buffer.byteLength(text);
  }
  return bytes;
}
