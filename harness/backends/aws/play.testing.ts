import { expect } from 'vitest';
import { noDuplicates } from '#checkers';
import { range, scenario } from '#core';
import type { Choice, History, HistoryEvent, Stage } from '#core';
import { run } from '../../run.ts';
import { embeddedTarget } from '../../targets/embedded.ts';

const source = 'https://docs.nats.io';

/** One friendly schedule and some adverse ones. */
export const schedules = ['friendly' as const, ...range(10)].map((seed) => ({ seed }));

/** A queue that stays out of reach for 23 days: a subscriber that is not connected, to whom NATS would bring nothing. */
const isEndlessOutage = ({ point, option }: Choice): boolean => point === 'ADV-SNS-02' && option === 4;

/** Plays the act on the emulator in one schedule, endless outages aside; what was recorded. */
export async function playExact(
  seed: number | 'friendly',
  act: (stage: Stage<null>) => Promise<void>,
  replay?: readonly Choice[],
): Promise<History> {
  const row = { id: 'X', level: 'MUST', source, requires: ['delivery'], checks: [noDuplicates()] } as const;
  const result = await run(
    {
      scenario: scenario<null>({ title: 'act', rows: [row], parameters: null, small: null, run: act }),
      run: { scenario: 'act', profile: 'exact', seed },
      target: embeddedTarget,
      parameters: null,
      versions: {},
      reference: {},
      ...(replay !== undefined && { replay }),
    },
    { signal: new AbortController().signal },
  );
  expect(result.failure).toBeUndefined();
  const { choices } = result.history.header;
  if (!choices.some(isEndlessOutage)) return result.history;
  return playExact(
    seed,
    act,
    choices.filter((choice) => !isEndlessOutage(choice)),
  );
}

type Of<K extends HistoryEvent['kind']> = Extract<HistoryEvent, { kind: K }>;

/** The events of one kind. */
export function eventsOf<K extends HistoryEvent['kind']>({ events }: History, kind: K): readonly Of<K>[] {
  return events.filter((event): event is Of<K> => event.kind === kind);
}
