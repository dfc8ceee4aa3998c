import { Socket } from 'node:net';
import type { ConsumerInfo } from '@nats-io/jetstream';
import type { KvWatchEntry } from '@nats-io/kv';
import type { NatsConnection, QueuedIterator } from '@nats-io/transport-node';

/** The connection's socket, which the client keeps to itself: destroying it is what a crash looks like from outside. */
export function socketOf(connection: NatsConnection): Socket {
  const socket = member(member(member(connection, 'protocol'), 'transport'), 'socket');
  if (!(socket instanceof Socket)) throw new Error('the NATS client keeps its socket elsewhere than version 3.4.0');
  return socket;
}

/** A watch's consumer: what it had to send at the start, and what the server has sent by now. */
export interface WatchConsumer {
  readonly initial: () => Promise<ConsumerInfo>;
  readonly current: () => Promise<ConsumerInfo>;
}

/**
 * The consumer behind a watch. The client tells the end of the initial values only by counting down, which says nothing
 * where there are none, and has no way to ask whether a watch is up to date.
 */
export function consumerOf(watch: QueuedIterator<KvWatchEntry>): WatchConsumer {
  const consumer = member(watch, '_data');
  if (!hasInfo(consumer)) throw new Error("the NATS client keeps a watch's consumer elsewhere than version 3.4.0");
  return { initial: () => consumer.info(true), current: () => consumer.info() };
}

function hasInfo(value: unknown): value is { readonly info: (cached?: boolean) => Promise<ConsumerInfo> } {
  return typeof member(value, 'info') === 'function';
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
