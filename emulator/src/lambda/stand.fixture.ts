import { deflateRawSync } from 'node:zlib';
import { createVirtualClock, createWorld } from '../index.ts';
import type { OwnedWorld, PermissionId, VirtualClock } from '../index.ts';

/** An archive of one deflated file. */
export function zipOf(name: string, source: string): Buffer {
  const content = Buffer.from(source);
  const packed = deflateRawSync(content);
  const head = (signature: number, extra: number) => {
    const bytes = Buffer.alloc(extra);
    bytes.writeUInt32LE(signature);
    return bytes;
  };
  const local = head(0x04034b50, 30);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = head(0x02014b50, 46);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(content.length, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = head(0x06054b50, 22);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}

/** A world on a virtual clock, and what moves it. */
export interface Stand {
  readonly world: OwnedWorld;
  readonly clock: VirtualClock;
  /** Waits for `work` while the clock goes on whenever nothing is busy. */
  readonly drive: <T>(work: Promise<T>) => Promise<T>;
  /** Lets the clock go on until nothing but idle waits is due, a day at most. */
  readonly idle: (untilMs?: number) => Promise<void>;
}

export function stand(options: { readonly permissions?: readonly PermissionId[]; readonly seed?: number } = {}): Stand {
  const clock = createVirtualClock();
  const world = createWorld({ clock, ...options });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  async function drive<T>(work: Promise<T>): Promise<T> {
    const progress = { done: false };
    const end = () => {
      progress.done = true;
    };
    work.then(end, end);
    for (;;) {
      await turn();
      if (progress.done) return work;
      if (world.inFlight() === 0 && !clock.step()) throw new Error('it waits for what never comes');
    }
  }
  async function idle(untilMs = clock.epochMs() + 24 * 3_600_000): Promise<void> {
    for (;;) {
      await turn();
      if (world.inFlight() > 0) continue;
      const due = clock.nextWorkDueMs();
      if (due === undefined || due > untilMs) return;
      clock.step();
    }
  }
  return { world, clock, drive, idle };
}
