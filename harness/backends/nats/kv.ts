import { jetstream } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { KV, KvEntry as ClientEntry } from '@nats-io/kv';
import { validateBucket, validateKey } from '@nats-io/kv/internal';
import { base64, bytesOf, DefiniteError } from '#core';
import type { KvEntry, Methods, OpName } from '#core';
import type { Link } from './link.ts';

type KvMethods = Pick<Methods, Exclude<Extract<OpName, `kv.${string}`>, 'kv.watch' | 'kv.unwatch'>>;

/** Key-value buckets as a session sees them. */
export interface Buckets {
  readonly create: (name: string, limits: Parameters<Kvm['create']>[1]) => Promise<void>;
  /** The bucket, whether or not this session has made it. */
  readonly open: (name: string) => Promise<KV>;
}

export function bucketsOf({ connection, names }: Link): Buckets {
  const kvm = new Kvm(jetstream(connection));
  const opened = new Map<string, KV>();
  return {
    async create(name, limits) {
      check(validateBucket, name, 'invalid-bucket');
      opened.set(name, await kvm.create(names.bucket(name), limits));
    },
    async open(name) {
      check(validateBucket, name, 'invalid-bucket');
      const kv = opened.get(name) ?? (await kvm.open(names.bucket(name), { allow_direct: true }));
      opened.set(name, kv);
      return kv;
    },
  };
}

export function keyValue(link: Link, buckets: Buckets): KvMethods {
  const on = <T>(
    { bucket, key }: { readonly bucket: string; readonly key: string },
    act: (kv: KV, key: string) => Promise<T>,
    options: { readonly signal: AbortSignal },
  ): Promise<T> =>
    link.call(async () => {
      check(validateKey, key, 'invalid-key');
      return act(await buckets.open(bucket), key);
    }, options);

  return {
    'kv.open': ({ bucket, history, ttlMs, markerTtlMs }, options) =>
      link.call(async () => {
        await buckets.create(bucket, {
          ...(history !== undefined && { history }),
          ...(ttlMs !== undefined && { ttl: ttlMs }),
          ...(markerTtlMs !== undefined && { markerTTL: markerTtlMs }),
        });
        return null;
      }, options),
    'kv.put': (input, options) =>
      on(input, async (kv, key) => ({ revision: await kv.put(key, bytesOf(input.value)) }), options),
    'kv.get': (input, options) => on(input, async (kv, key) => liveEntry(await kv.get(key)), options),
    'kv.create': (input, options) =>
      on(
        input,
        async (kv, key) => ({ revision: await kv.create(key, bytesOf(input.value), duration(input.ttlMs)) }),
        options,
      ),
    'kv.update': (input, options) =>
      on(input, async (kv, key) => ({ revision: await update(kv, key, input) }), options),
    'kv.delete': (input, options) => {
      const expected = input.revision === undefined ? {} : { previousSeq: input.revision };
      return on(input, (kv, key) => kv.delete(key, expected).then(() => null), options);
    },
    'kv.purge': (input, options) => {
      const ttl = duration(input.ttlMs);
      return on(input, (kv, key) => kv.purge(key, ttl === undefined ? {} : { ttl }).then(() => null), options);
    },
    'kv.history': (input, options) =>
      on(
        input,
        async (kv, key) => {
          const entries: KvEntry[] = [];
          for await (const entry of await kv.history({ key })) entries.push(entryOf(entry));
          return entries;
        },
        options,
      ),
    'kv.keys': ({ bucket, filters }, options) =>
      link.call(async () => {
        const kv = await buckets.open(bucket);
        const keys: string[] = [];
        for await (const key of await kv.keys(filters === undefined ? undefined : [...filters])) keys.push(key);
        return keys.sort();
      }, options),
  };
}

/** The client throws a bare `Error` at a revision that no entry can have; the server would answer that it is wrong. */
function update(
  kv: KV,
  key: string,
  input: { readonly value: Parameters<typeof bytesOf>[0]; readonly revision: number },
): Promise<number> {
  if (input.revision <= 0) throw new DefiniteError('wrong-revision');
  return kv.update(key, bytesOf(input.value), input.revision);
}

/** A Go duration, as the client wants it. */
function duration(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms}ms`;
}

/** A key whose last entry is a marker holds no value: https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md */
function liveEntry(entry: ClientEntry | null): KvEntry | null {
  return entry === null || entry.operation !== 'PUT' ? null : entryOf(entry);
}

export function entryOf({ key, value, revision, operation }: ClientEntry): KvEntry {
  return { key, value: base64(value), revision, operation };
}

/** The client checks names before it sends anything, and throws a bare `Error`. */
function check(validate: (name: string) => void, name: string, kind: string): void {
  try {
    validate(name);
  } catch (error) {
    throw new DefiniteError(kind, { cause: error });
  }
}
