import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { sleep } from '../clock.ts';
import { randomName } from '../name.ts';
import { mappingOf } from './mapping.ts';
import type { DesignOptions } from './options.ts';
import { eventDetail } from './wire.ts';

/**
 * Asks whether a new rule acts, since EventBridge has no call for it: by events that its filter asks for and that every
 * consumer drops.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
export interface Probe {
  /** Told of each probe that the consumer receives, its own and others'. */
  readonly onProbe: (id: string) => void;
  /** Sends probes until one of its own has come back. */
  readonly acts: (signal: AbortSignal) => Promise<void>;
}

const pauseMs = 1_000;
const probesMax = 300;

/** In place of a wildcard: a token that the document's own list of events has. */
const filler = 'ready';

export function createProbe(options: DesignOptions, pattern: string): Probe {
  const { clients, clock, random, fixes, mapping, onError } = options;
  const id = randomName(random, 16);
  const tokens = pattern.split('.').map((token) => (token === '*' || token === '>' ? filler : token));
  const subject = tokens.join('.');
  const came = new AbortController();
  return {
    onProbe: (of) => {
      if (of === id) came.abort();
    },
    acts: async (signal) => {
      const { source: Source, detailType: DetailType } = mappingOf(fixes, mapping).encode(subject);
      const Detail = eventDetail({ subject, payload: new Uint8Array(), headers: [], probe: id }, options);
      const command = new PutEventsCommand({ Entries: [{ Source, DetailType, Detail }] });
      const waiting = AbortSignal.any([signal, came.signal]);
      for (let probes = 0; probes < probesMax; probes += 1) {
        await clients.eventbridge.send(command, { abortSignal: signal }).catch((error: unknown) => onError?.(error));
        await sleep(clock, pauseMs, { signal: waiting }).catch(() => undefined);
        if (came.signal.aborted) return;
        signal.throwIfAborted();
      }
      throw new Error(`the rule of '${pattern}' does not act after ${(probesMax * pauseMs) / 1000} s`);
    },
  };
}
