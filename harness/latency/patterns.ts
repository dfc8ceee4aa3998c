import { brand, range, subjectOf, utf8 } from '#core';
import type { Base64, ReceiverId, Session, SessionId, Stand } from '#core';
import type { Pattern } from './measure.ts';

/** The five patterns of the document, one round each. A body is a JSON object: the document's broadcast takes no other. */
export const patterns: readonly Pattern[] = [
  delivered({ name: 'publish → deliver', subject: 'agent.latency.ready', receivers: 1 }),
  delivered({ name: 'queue group', subject: 'work.latency.normal.task', receivers: 3, queue: 'workers' }),
  requested(),
  putAndGot(),
  delivered({ name: 'broadcast to five', subject: 'broadcast.global.latency', receivers: 5 }),
];

interface Round {
  /** Receivers that do not have it yet. */
  left: number;
  readonly arrived: () => void;
  readonly failed: (reason: unknown) => void;
}

/** From a publish until every plain receiver, or one member of the group, has it. */
function delivered({
  name,
  subject: text,
  receivers,
  queue,
}: {
  readonly name: string;
  readonly subject: string;
  readonly receivers: number;
  readonly queue?: string;
}): Pattern {
  return {
    name,
    async prepare(stand, signal) {
      const subject = subjectOf(text);
      const waiting = new Map<Base64, Round>();
      const fail = (): void => waiting.forEach(({ failed }) => failed(signal.reason));
      signal.addEventListener('abort', fail, { once: true });
      for (const index of range(receivers)) {
        const session = brand<SessionId>(`receiver-${index}`);
        const receiver = await stand.backend.open(
          session,
          (notice) => {
            const round = notice.kind === 'deliver' ? waiting.get(notice.message.body) : undefined;
            if (round === undefined) return;
            round.left -= 1;
            if (round.left === 0) round.arrived();
          },
          { signal },
        );
        const subscription = brand<ReceiverId>(`${session}/latency#0`);
        await receiver.subscribe(
          { subscription, pattern: subject, ...(queue === undefined ? {} : { queue }) },
          { signal },
        );
        await receiver.flush({}, { signal });
      }
      const sender = await openSilent(stand, 'sender', signal);
      return async (round) => {
        const id = `round-${round}`;
        const body = utf8(JSON.stringify({ id }));
        const left = queue === undefined ? receivers : 1;
        const arrived = new Promise<void>((resolve, reject) => {
          waiting.set(body, { left, arrived: resolve, failed: reject });
        });
        await sender.publish({ subject, id: brand(id), body }, { signal });
        await arrived;
      };
    },
  };
}

const requestLimitMs = 10_000;

/** From a request to its reply. */
function requested(): Pattern {
  return {
    name: 'request, reply',
    needsFunction: true,
    async prepare(stand, signal) {
      const subject = subjectOf('agent.latency-echo.cmd');
      const agent = await openSilent(stand, 'agent', signal);
      const responder = brand<ReceiverId>('agent/latency#0');
      await agent.respond({ responder, pattern: subject, behaviour: { kind: 'echo' } }, { signal });
      await agent.flush({}, { signal });
      const requester = await openSilent(stand, 'requester', signal);
      return async (round) => {
        const id = `round-${round}`;
        const body = utf8(JSON.stringify(id));
        await requester.request({ subject, id: brand(id), body, timeoutMs: requestLimitMs }, { signal });
      };
    },
  };
}

/** So many agents write their state, as the document's do; a key is then not fought over by rounds that overlap. */
const keysUsed = 32;

/** A put and a get of the same key. */
function putAndGot(): Pattern {
  const keyOf = (round: number): string => `agent-${Math.max(0, round) % keysUsed}`;
  return {
    name: 'KV put, get',
    async prepare(stand, signal) {
      const bucket = 'latency';
      const session = await openSilent(stand, 'writer', signal);
      await session['kv.open']({ bucket }, { signal });
      return async (round) => {
        await session['kv.put']({ bucket, key: keyOf(round), value: utf8(`round ${round}`) }, { signal });
        await session['kv.get']({ bucket, key: keyOf(round) }, { signal });
      };
    },
  };
}

function openSilent(stand: Stand, name: string, signal: AbortSignal): Promise<Session> {
  return stand.backend.open(brand<SessionId>(name), () => undefined, { signal });
}
