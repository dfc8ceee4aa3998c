import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn, lostIn } from './due.ts';
import type { Due } from './due.ts';
import { operationsOf } from './index-history.ts';
import { isTimed } from './is-timed.ts';
import type { Sent } from './index-history.ts';
import type { Receiver } from './receivers.ts';

/**
 * Publish does not wait for receivers: it returns before the slowest subscription to its subject can have handled the
 * message. Judged in friendly runs. `unknown` where no message went to a subscription that takes its time. O(messages × subscriptions that match).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/pubsub
 */
export function fireAndForget(): Checker {
  return { name: 'fire-and-forget', tests: 'fire-and-forget', check: checkWaiting };
}

function checkWaiting(history: History): Verdict {
  const due = dueIn(history);
  const anomalies: Anomaly[] = [...refusals(operationsOf(due.index, 'publish', 'subscribe'))];
  let compared = 0;
  let slowestMs = 0;
  for (const sent of due.publishes) {
    const { end, at, index } = sent.operation;
    const takesMs = Math.max(0, ...receiversOf(due, sent).map(takesMsOf));
    if (end === undefined || takesMs === 0) continue;
    compared += 1;
    const waitedMs = (end.at - at) / 1e6;
    slowestMs = Math.max(slowestMs, waitedMs);
    if (waitedMs < takesMs || !isTimed(history)) continue;
    anomalies.push({
      kind: 'blocked',
      message: `publish of ${sent.id} took ${Math.round(waitedMs)} ms, a subscription ${takesMs} ms`,
      evidence: [index, end.index],
    });
  }
  return conclude({
    facts: { compared, slowestMs },
    anomalies,
    compared,
    nothing: 'no message went to a subscription that takes its time',
  });
}

/**
 * A publish that nobody got was not reported as done. A message that one subscription got and another did not is for
 * `delivery` to report. `unknown` where nothing was due, or the history did not settle. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/pubsub
 */
export function publishFailureTold(): Checker {
  return { name: 'publish-failure-told', tests: 'publish-failure', check: checkTold };
}

function checkTold(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes, parties, isDue } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  const arrived = new Set(index.deliveries.map(({ sent }) => sent));
  let compared = 0;
  for (const sent of publishes) {
    if (!parties(sent.subject).plain.some((receiver) => isDue(sent, receiver))) continue;
    compared += 1;
    const { end, index: published } = sent.operation;
    if (arrived.has(sent) || end === undefined) continue;
    anomalies.push({
      kind: 'swallowed',
      message: `publish of ${sent.id} was reported as done and reached nobody`,
      evidence: [published, end.index],
    });
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no message was due to a plain subscription',
    unsettled: !index.complete,
  });
}

/**
 * A publish to a subject that nobody subscribes to succeeds, and the message is dropped. `unknown` where there was none.
 * O(messages).
 *
 * @see https://docs.nats.io/nats-concepts/subjects
 */
export function unknownDestination(): Checker {
  return { name: 'unknown-destination', tests: 'unknown-destination', check: checkUnknown };
}

function checkUnknown(history: History): Verdict {
  const due = dueIn(history);
  const anomalies: Anomaly[] = [];
  let compared = 0;
  for (const sent of due.publishes) {
    const { end, index } = sent.operation;
    if (end === undefined || receiversOf(due, sent).length > 0) continue;
    compared += 1;
    if (end.kind === 'ok') continue;
    anomalies.push({
      kind: 'refused',
      message: `publish of ${sent.id} to a subject of nobody failed: ${end.error}`,
      evidence: [index, end.index],
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no message went to a subject of nobody' });
}

/**
 * A slow subscription does not hold up another: what a plain subscription that takes no time gets beside a slow one
 * comes sooner than the slow one has handled a single message. Judged in friendly runs. `unknown` where no message went to both, or the history
 * did not settle. O(deliveries).
 *
 * @see https://docs.nats.io/using-nats/developer/connecting/events/slow
 */
export function slowSibling(): Checker {
  return { name: 'slow-sibling', tests: 'slow-sibling', check: checkSiblings };
}

function checkSiblings(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const sent of publishes) {
    const receivers = receiversOf(due, sent);
    const takesMs = Math.max(0, ...receivers.map(takesMsOf));
    if (takesMs === 0) continue;
    for (const { id } of receivers.filter((receiver) => takesMsOf(receiver) === 0)) {
      const arrival = index.arrivals.get(id)?.[sent.number];
      const at = arrival === undefined ? undefined : index.events[arrival]?.at;
      if (arrival === undefined || at === undefined) continue;
      compared += 1;
      const waitedMs = (at - sent.operation.at) / 1e6;
      if (waitedMs < takesMs || !isTimed(history)) continue;
      anomalies.push({
        kind: 'held-up',
        message: `${id} got ${sent.id} after ${Math.round(waitedMs)} ms, beside a subscription that takes ${takesMs} ms`,
        evidence: [sent.operation.index, arrival],
      });
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no message went to a slow and a fast subscription',
    instead: () => lostIn(history),
    unsettled: !index.complete,
  });
}

function receiversOf({ parties }: Due, { subject }: Sent): readonly Receiver[] {
  const { plain, groups } = parties(subject);
  return [...plain, ...[...groups.values()].flat()];
}

function takesMsOf({ operation: { call } }: Receiver): number {
  return call.name === 'subscribe' ? (call.input.handling?.takesMs ?? 0) : 0;
}
