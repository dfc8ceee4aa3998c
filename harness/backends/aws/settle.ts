import { sleep } from '#core';
import type { Backend, Clock } from '#core';

type Settle = Backend['settle'];

/**
 * Settling in real time: nothing has come for `quietMs`. Incomplete where something still comes after `waitMaxMs`.
 */
export function quietSettle({
  clock,
  quietMs,
  waitMaxMs,
  lastNoticeMs,
}: {
  readonly clock: Clock;
  readonly quietMs: number;
  readonly waitMaxMs: number;
  readonly lastNoticeMs: () => number;
}): Settle {
  return async ({ signal }) => {
    const beganMs = clock.epochMs();
    for (;;) {
      const quietSinceMs = Math.max(beganMs, lastNoticeMs());
      const leftMs = quietSinceMs + quietMs - clock.epochMs();
      if (leftMs <= 0) return { complete: true };
      if (clock.epochMs() - beganMs > waitMaxMs) return { complete: false };
      await sleep(clock, leftMs, { signal });
    }
  };
}
