import { isRecord } from '../codecs/json.ts';

/** A record as GetRecords answers it. */
export interface StreamRecord {
  readonly sequenceNumber: string;
  readonly arrivedMs: number;
  /** As the function gets it, in JSON's own types. */
  readonly event: Readonly<Record<string, unknown>>;
}

/** Takes the records out of an answer of GetRecords; they become what the function gets: recorded. */
export function readRecords(list: unknown, streamArn: string): readonly StreamRecord[] {
  return Array.isArray(list) ? list.filter(isRecord).map((record) => readRecord(record, streamArn)) : [];
}

function readRecord(record: Readonly<Record<string, unknown>>, streamArn: string): StreamRecord {
  const change = isRecord(record['dynamodb']) ? record['dynamodb'] : {};
  const created = change['ApproximateCreationDateTime'];
  const arrivedMs = created instanceof Date ? created.getTime() : 0;
  const sequenceNumber = change['SequenceNumber'];
  const plain = plainOf(record);
  return {
    sequenceNumber: typeof sequenceNumber === 'string' ? sequenceNumber : '',
    arrivedMs,
    event: { ...(isRecord(plain) ? plain : {}), eventSourceARN: streamArn },
  };
}

/** Bytes as base64, times as seconds. */
function plainOf(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainOf(member)]));
}
