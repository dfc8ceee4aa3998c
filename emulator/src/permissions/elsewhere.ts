import type { NotChosen } from './permission.ts';

/** Entries of the catalogue about what the emulator does not stand for, by family: how many, and why none is modelled. */
const families = {
  'ADV-CEB': [
    10,
    'the emulator has the classic event bus; the Custom Event Bus is another service with an API of its own',
  ],
  'ADV-SCH': [6, 'there is no EventBridge Scheduler here; scheduled rules have ADV-EB-12'],
  'ADV-WS': [8, 'there is no API Gateway here'],
  'ADV-SFN': [4, 'there are no Step Functions here'],
  'ADV-KDS': [5, 'there is no Kinesis here'],
  'ADV-NATS': [6, 'it speaks of NATS, which runs as the real server'],
} as const;

/** By id, as the tables of the services have theirs. */
export const elsewhereNotChosen: Readonly<Record<string, NotChosen>> = Object.fromEntries(
  Object.entries(families).flatMap(([family, [count, why]]) =>
    Array.from({ length: count }, (_, index) => [
      `${family}-${String(index + 1).padStart(2, '0')}`,
      { kind: 'not-modelled' as const, why },
    ]),
  ),
);
