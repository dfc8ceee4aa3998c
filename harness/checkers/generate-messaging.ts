import { brand, filterMatches, patternOf, range, seededRandom, subjectOf } from '#core';
import type { History, MessageId, ReceiverId, Subject, SubjectPattern } from '#core';
import { writeHistory } from './write-history.ts';
import type { HistoryWriter, OpenCall } from './write-history.ts';

/**
 * A valid history of publishes and subscriptions, from a seed: a broker in small with a first-in-first-out link to and
 * from each session, whose every step falls at a random time. For tests.
 */
export function generateMessaging(seed: number): History {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const net = createNet(pick);
  const steps = 20 + Math.floor(random() * 120);
  for (const _ of range(steps)) {
    const client = pick(net.clients);
    if (client !== undefined && random() < 0.45) act(client, net, pick);
    else if (random() < 0.5) net.brokerStep(pick(net.clients));
    else net.clientStep(pick(net.clients));
    if (random() < 0.02) net.settle();
  }
  net.settle();
  return net.writer.history();
}

type Pick = <T>(items: readonly T[]) => T | undefined;

interface Subscription {
  readonly id: ReceiverId;
  readonly pattern: SubjectPattern;
  readonly queue: string | undefined;
  readonly client: Client;
}

type ToBroker =
  | { readonly kind: 'sub'; readonly subscription: Subscription }
  | { readonly kind: 'unsub'; readonly subscription: Subscription }
  | { readonly kind: 'pub'; readonly id: MessageId; readonly subject: Subject }
  | { readonly kind: 'ping'; readonly call: OpenCall<'flush'> };

type ToClient =
  | { readonly kind: 'msg'; readonly subscription: Subscription; readonly id: MessageId; readonly subject: Subject }
  | { readonly kind: 'pong'; readonly call: OpenCall<'flush'> };

interface Client {
  readonly name: string;
  readonly outbox: ToBroker[];
  readonly inbox: ToClient[];
  /** Those the client still hands messages of to the application. */
  readonly open: Set<Subscription>;
  alive: boolean;
  messages: number;
  receivers: number;
}

interface Net {
  readonly writer: HistoryWriter;
  readonly clients: readonly Client[];
  readonly brokerStep: (client: Client | undefined) => void;
  readonly clientStep: (client: Client | undefined) => void;
  readonly settle: () => void;
}

function createNet(pick: Pick): Net {
  const writer = writeHistory();
  const clients: readonly Client[] = range(4).map((n) => ({
    name: `s${n}`,
    outbox: [],
    inbox: [],
    open: new Set(),
    alive: true,
    messages: 0,
    receivers: 0,
  }));
  const active = new Set<Subscription>();

  function route({ id, subject }: { readonly id: MessageId; readonly subject: Subject }): void {
    const matching = [...active].filter(({ pattern, client }) => client.alive && filterMatches(pattern, subject));
    const groups = Map.groupBy(matching, ({ queue }) => queue);
    for (const [queue, members] of groups) {
      const receivers = queue === undefined ? members : [pick(members)].filter((member) => member !== undefined);
      for (const subscription of receivers) subscription.client.inbox.push({ kind: 'msg', subscription, id, subject });
    }
  }

  function brokerStep(client: Client | undefined): void {
    const item = client?.outbox.shift();
    if (client === undefined || item === undefined) return;
    if (item.kind === 'sub') active.add(item.subscription);
    else if (item.kind === 'unsub') active.delete(item.subscription);
    else if (item.kind === 'pub') route(item);
    else client.inbox.push({ kind: 'pong', call: item.call });
  }

  function clientStep(client: Client | undefined): void {
    const item = client?.inbox.shift();
    if (client === undefined || item === undefined) return;
    if (item.kind === 'pong') item.call.ok(null);
    else if (client.open.has(item.subscription)) {
      writer.deliver(item.subscription.id, item.id, { subject: item.subject });
    }
  }

  function settle(): void {
    for (const client of clients) while (client.outbox.length > 0) brokerStep(client);
    for (const client of clients) while (client.inbox.length > 0) clientStep(client);
    writer.settled();
  }

  return { writer, clients, brokerStep, clientStep, settle };
}

function act(client: Client, { writer }: Net, pick: Pick): void {
  if (!client.alive) return;
  const what = pick(['publish', 'publish', 'publish', 'publish', 'subscribe', 'flush', 'flush', 'leave', 'crash']);
  if (what === 'publish') {
    const subject = subjectOf(pick(['x.1', 'x.2', 'y.1']) ?? '');
    const id = `${client.name}/${client.messages}`;
    client.messages += 1;
    writer.publish(id, subject);
    client.outbox.push({ kind: 'pub', id: brand<MessageId>(id), subject });
  } else if (what === 'subscribe') subscribe(client, writer, pick);
  else if (what === 'flush') client.outbox.push({ kind: 'ping', call: writer.call(client.name, 'flush', {}) });
  else if (what === 'leave') {
    const subscription = pick([...client.open]);
    if (subscription === undefined) return;
    const call = writer.call(client.name, 'unsubscribe', { subscription: subscription.id });
    client.open.delete(subscription);
    client.outbox.push({ kind: 'unsub', subscription });
    call.ok(null);
  } else if (pick([0, 1, 2, 3]) === 0) {
    writer.call(client.name, 'crash', {}).ok(null);
    client.alive = false;
    client.outbox.length = 0;
    client.inbox.length = 0;
  }
}

function subscribe(client: Client, writer: HistoryWriter, pick: Pick): void {
  const queue = pick([undefined, undefined, 'g', 'h']);
  const pattern = patternOf(pick(['x.1', 'x.*', '>', 'y.1']) ?? '');
  const id = brand<ReceiverId>(`${client.name}/${client.receivers}`);
  client.receivers += 1;
  const subscription = { id, pattern, queue, client };
  const call = writer.call(client.name, 'subscribe', {
    subscription: id,
    pattern,
    ...(queue === undefined ? {} : { queue }),
  });
  client.open.add(subscription);
  client.outbox.push({ kind: 'sub', subscription });
  call.ok(null);
}
