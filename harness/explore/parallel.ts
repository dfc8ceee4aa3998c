import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ChanceError } from '#core';
import { mergeAll } from './explore.ts';
import type { Coverage } from './explore.ts';
import type { PartOrder, PartProgress } from './worker.ts';

export interface ParallelOptions extends Omit<PartOrder, 'part' | 'parts' | 'stop'> {
  /** This machine plays part `index` of `count`, counted from 1. */
  readonly shard: { readonly index: number; readonly count: number };
  /** Ends the exploring; what was found so far is kept. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PartProgress) => void;
}

/** Explores with a worker a core. The parts together are what one worker alone would have played. */
export async function exploreInParallel(options: ParallelOptions): Promise<readonly Coverage[]> {
  const { shard, signal, onProgress, ...order } = options;
  const stop = new SharedArrayBuffer(4);
  const workers = availableParallelism();
  const end = (): void => void Atomics.store(new Int32Array(stop), 0, 1);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  try {
    const parts = await Promise.all(
      Array.from({ length: workers }, (_, index) =>
        playPart(
          // A shard's schedules are the same whatever the number of cores.
          { ...order, part: shard.index - 1 + shard.count * index, parts: shard.count * workers, stop },
          onProgress,
        ),
      ),
    );
    return mergeAll(parts.flat());
  } finally {
    end();
    signal.removeEventListener('abort', end);
  }
}

function playPart(order: PartOrder, onProgress: (progress: PartProgress) => void): Promise<readonly Coverage[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: order });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'chance') reject(new ChanceError(message.message));
      else resolve(message.coverage);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`an exploring worker ended with code ${code}`)));
  });
}

type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: PartProgress }
  | { readonly kind: 'chance'; readonly message: string }
  | { readonly kind: 'done'; readonly coverage: readonly Coverage[] };
