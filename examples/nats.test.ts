import { connect } from '@nats-io/transport-node';
import { startNats } from 'parallax-conformance';
import { expect, test } from 'vitest';

/** A real nats-server, found on this machine or fetched and verified, for the length of a block. */
test('a subscriber hears what is published', async () => {
  await using nats = await startNats();
  const { servers, password } = nats.access;
  await using connection = await connect({ servers, user: 'app', ...(password !== undefined && { pass: password }) });
  const subscription = connection.subscribe('greet.*', { max: 1 });
  connection.publish('greet.world', 'hello');
  for await (const message of subscription) expect(message.string()).toBe('hello');
});
