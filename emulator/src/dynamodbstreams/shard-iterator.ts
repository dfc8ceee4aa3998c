import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { dynamodbQuotas } from '../quotas.ts';

/** A place in a shard: before the record with this sequence number. */
export interface ShardPlace {
  readonly streamArn: string;
  readonly shardId: string;
  readonly sequence: bigint;
  readonly issuedAtMs: number;
}

/** As AWS gives them: the stream's ARN, a digit and what only the service reads, between bars. */
export function formatIterator({ streamArn, shardId, sequence, issuedAtMs }: ShardPlace): string {
  const opaque = Buffer.from(JSON.stringify([shardId, sequence.toString(), issuedAtMs])).toString('base64url');
  return `${streamArn}|1|${opaque}`;
}

/** Throws ValidationException on what is no iterator, ExpiredIteratorException on one that is too old. */
export function parseIterator(text: string, world: World): ShardPlace {
  const [streamArn = '', , opaque = ''] = text.split('|');
  const place = parseOpaque(opaque);
  if (place === undefined) throw new AwsError('ValidationException', 'Invalid ShardIterator');
  if (world.clock.epochMs() - place.issuedAtMs > dynamodbQuotas.shardIteratorMs) {
    throw new AwsError(
      'ExpiredIteratorException',
      'Iterator expired. The iterator was created at time ' +
        `${new Date(place.issuedAtMs).toISOString()} while right now it is ${new Date(world.clock.epochMs()).toISOString()}, ` +
        'which is further in the future than the tolerated delay of 900000 milliseconds',
    );
  }
  return { streamArn, ...place };
}

function parseOpaque(opaque: string): Omit<ShardPlace, 'streamArn'> | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(opaque, 'base64url').toString('utf8'));
    if (!Array.isArray(parsed)) return undefined;
    const [shardId, sequence, issuedAtMs]: readonly unknown[] = parsed;
    if (typeof shardId !== 'string' || typeof sequence !== 'string' || typeof issuedAtMs !== 'number') return undefined;
    return { shardId, sequence: BigInt(sequence), issuedAtMs };
  } catch {
    return undefined;
  }
}
