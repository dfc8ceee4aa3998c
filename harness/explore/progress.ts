import { realClock } from '#core';
import type { PartProgress } from './worker.ts';

export interface Progress {
  readonly add: (part: PartProgress) => void;
  readonly end: () => void;
}

/** On a terminal one line that is written anew, elsewhere a line now and then. */
const plainEveryMs = 10_000;

/** Tells how far an exploring is: schedules of `total`, rate, distinct histories, findings. */
export function createProgress({
  total,
  startMs,
  stream = process.stderr,
}: {
  readonly total: number;
  readonly startMs: number;
  readonly stream?: Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };
}): Progress {
  const parts = new Map<number, PartProgress>();
  const found = new Set<string>();
  let toldMs = -Infinity;

  function line(nowMs: number): string {
    const sum = (of: (part: PartProgress) => number): number =>
      [...parts.values()].reduce((all, part) => all + of(part), 0);
    const schedules = sum((part) => part.schedules);
    const rate = Math.round((schedules / Math.max(1, nowMs - startMs)) * 60_000);
    return `${schedules} of ${total} schedules, ${rate} a minute, ${sum(({ distinct }) => distinct)} distinct histories, ${found.size} found`;
  }

  return {
    add(part) {
      parts.set(part.part, part);
      for (const finding of part.found) found.add(finding);
      const nowMs = realClock.epochMs();
      if (stream.isTTY === true) stream.write(`\r${line(nowMs)}\u001b[K`);
      else if (nowMs - toldMs >= plainEveryMs) {
        toldMs = nowMs;
        stream.write(`${line(nowMs)}\n`);
      }
    },
    end() {
      if (stream.isTTY === true && parts.size > 0) stream.write('\n');
    },
  };
}
