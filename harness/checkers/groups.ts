import type { Anomaly, Capability, Checker, History, Observation, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { findMisdirected } from './delivery.ts';
import { dueIn, lostIn } from './due.ts';
import type { Due } from './due.ts';
import { copiesByGroup } from './exclusive-delivery.ts';
import { operationsOf } from './index-history.ts';
import { isTimed } from './is-timed.ts';
import type { Receiver } from './receivers.ts';

/**
 * A member of a queue group gets only what its own filter matches. `unknown` where no member got a message. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/queue
 */
export function memberFilter(): Checker {
  return { name: 'member-filter', tests: 'queue-group-filter', check: checkFilter };
}

function checkFilter(history: History): Verdict {
  const due = dueIn(history);
  const compared = due.index.deliveries.filter(({ receiver }) => isMember(due.index.receivers.get(receiver))).length;
  return conclude({
    facts: { compared },
    anomalies: [...findMisdirected(due), ...refusals(operationsOf(due.index, 'publish', 'subscribe'))],
    compared,
    nothing: 'no member of a group got a message',
    instead: () => lostIn(history),
  });
}

/**
 * When a member has left or crashed, the others take over: what is published to the group from then on reaches one of
 * them. `unknown` where no message was due to a group that had lost a member, or the history did not settle.
 * O(messages × members).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/queue
 */
export function failover(): Checker {
  return { name: 'failover', tests: 'queue-group-failover', check: checkFailover };
}

function checkFailover(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes, parties, isDueToGroup } = due;
  const copies = copiesByGroup(due);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const sent of publishes) {
    for (const [queue, members] of parties(sent.subject).groups) {
      const gone = members.find(({ goneFrom }) => goneFrom < sent.operation.index);
      if (gone === undefined || !isDueToGroup(sent, members)) continue;
      compared += 1;
      if (copies.get(queue)?.has(sent) === true) continue;
      anomalies.push({
        kind: 'lost',
        message: `no member of '${queue}' got ${sent.id} after ${gone.id} had gone${index.within}`,
        evidence: [gone.endsAt, gone.goneFrom, sent.operation.index],
      });
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no message was due to a group that had lost a member',
    unsettled: !index.complete,
  });
}

/**
 * What a member that crashed had been given is not given to another: at most once. `unknown` where no member crashed
 * after it had been given a message, or the history did not settle. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats (at most once)
 */
export function atMostOnceAfterCrash(): Checker {
  return { name: 'at-most-once-after-crash', tests: 'queue-group-at-most-once', check: checkCrash };
}

function checkCrash(history: History): Verdict {
  const due = dueIn(history);
  const { index } = due;
  const crashes = new Map(operationsOf(index, 'crash').map((crash) => [crash.session, crash]));
  const owners = new Map(index.deliveries.map((delivery) => [delivery.index, index.receivers.get(delivery.receiver)]));
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const messages of copiesByGroup(due).values()) {
    for (const [{ id, operation }, [first = 0, ...again]] of messages) {
      const crash = crashes.get(owners.get(first)?.session ?? operation.session);
      if (crash === undefined || first > crash.index) continue;
      compared += 1;
      const after = again.find((at) => at > crash.index);
      if (after === undefined) continue;
      anomalies.push({
        kind: 'redelivered',
        message: `${owners.get(after)?.id} got ${id}, which ${crash.session} had when it crashed`,
        evidence: [operation.index, first, crash.index, after],
      });
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no member crashed after it had been given a message',
    unsettled: !index.complete,
  });
}

const enough = 20;

/**
 * A member that joins takes part at once: of twenty messages or more, due to the group after it had joined, it gets at
 * least one. By chance alone that fails in a group of three once in three thousand runs of twenty messages and once in
 * 10^17 of a hundred. `unknown` where no member joined in the middle, or the history did not settle.
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/queue (scaling by adding members)
 */
export function scaleUp(): Checker {
  return { name: 'scale-up', tests: 'queue-group-failover', check: checkScaleUp };
}

function checkScaleUp(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const member of index.receivers.values()) {
    const first = publishes[0]?.operation.index ?? Infinity;
    const since = sharesOf(due, member).filter((sent) => sent.operation.index > member.activeFrom);
    if (!isMember(member) || member.operation.index < first || since.length < enough) continue;
    compared += 1;
    if (index.deliveries.some(({ receiver }) => receiver === member.id)) continue;
    anomalies.push({
      kind: 'starved',
      message: `${member.id} joined and got none of ${since.length} messages`,
      evidence: [member.operation.index, member.activeFrom],
    });
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: `no member joined a group before ${enough} of its messages`,
    unsettled: !index.complete,
  });
}

/**
 * Messages spread over the members. Reported, and judged loosely: false only where a member got none of so many that
 * each could expect twenty. `unknown` where there were fewer, or the history did not settle. O(messages × members).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/queue (randomly chosen)
 */
export function distribution(): Checker {
  return { name: 'distribution', tests: 'queue-group-distribution', check: checkDistribution };
}

function checkDistribution(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes, parties, isDueToGroup } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  const counts = new Map(
    [...Map.groupBy(index.deliveries, ({ receiver }) => receiver)].map(([id, all]) => [id, all.length]),
  );
  const facts: Record<string, number | string> = {};
  let compared = 0;
  for (const [queue, members] of Map.groupBy(
    [...index.receivers.values()].filter(isMember),
    (member) => member.queue,
  )) {
    const shared = publishes.filter((sent) => {
      const all = parties(sent.subject).groups.get(queue ?? '') ?? [];
      return all.length === members.length && isDueToGroup(sent, all);
    });
    facts[`shares of ${queue}`] = members.map(({ id }) => counts.get(id) ?? 0).join(' ');
    if (members.length < 2 || shared.length < enough * members.length) continue;
    compared += 1;
    for (const { id, operation } of members.filter((member) => !counts.has(member.id))) {
      anomalies.push({
        kind: 'starved',
        message: `${id} got none of ${shared.length} messages of '${queue}'`,
        evidence: [operation.index],
      });
    }
  }
  return conclude({
    facts,
    anomalies,
    compared,
    nothing: `no group had ${enough} messages for each of its members`,
    unsettled: !index.complete,
  });
}

/** The longest that a long poll may take, which no push needs. */
const longPollMs = 20_000;
const atOnceMs = 1_000;

/**
 * Members are pushed to: what is published to an idle group arrives without a polling delay. False in a friendly run where a message took
 * longer than the longest long poll; up to there the class of the slowest is observed. `unknown` where no message was due
 * to a group, or the history did not settle.
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/queue
 */
export function pushed({ tests = 'queue-group-push' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'pushed', tests, check: checkPushed };
}

function checkPushed(history: History): Verdict {
  const due = dueIn(history);
  const { index } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  let slowestMs = 0;
  for (const { receiver, sent, at, index: delivered, firstAt } of index.deliveries) {
    if (!isMember(index.receivers.get(receiver)) || sent === undefined || firstAt !== delivered) continue;
    compared += 1;
    const waitedMs = (at - sent.operation.at) / 1e6;
    slowestMs = Math.max(slowestMs, waitedMs);
    if (waitedMs <= longPollMs || !isTimed(history)) continue;
    anomalies.push({
      kind: 'late',
      message: `${receiver} got ${sent.id} after ${Math.round(waitedMs)} ms`,
      evidence: [sent.operation.index, delivered],
    });
  }
  const observations: Record<string, Observation> = {
    push: { word: slowestMs < atOnceMs ? 'at once' : 'polled', unlike: 'weaker' },
  };
  return conclude({
    facts: { compared, slowestMs },
    anomalies,
    compared,
    nothing: 'no member of a group got a message',
    instead: () => lostIn(history),
    unsettled: !index.complete,
    ...(compared === 0 ? {} : { observations }),
  });
}

function isMember(receiver: Receiver | undefined): boolean {
  return receiver?.queue !== undefined;
}

/** Messages due to the member's group while it was there. */
function sharesOf({ publishes, parties, isDueToGroup }: Due, { queue = '' }: Receiver) {
  return publishes.filter((sent) => {
    const members = parties(sent.subject).groups.get(queue);
    return members !== undefined && isDueToGroup(sent, members);
  });
}
