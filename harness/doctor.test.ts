import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { doctor, doctorText, nodeFinding } from './doctor.ts';

const options = {
  env: { PATH: '', PARALLAX_CACHE: '/nowhere', AWS_PROFILE: 'mine' },
  signal: new AbortController().signal,
};

test('nodeFinding - takes the first Node that strips types by itself, and no older', () => {
  expect(['22.18.0', '22.19.1', '24.0.0'].map((version) => nodeFinding(version).state)).toEqual(['ok', 'ok', 'ok']);
  expect(nodeFinding('22.17.9')).toMatchObject({ state: 'missing', found: '22.17.9, expected 22.18 or newer' });
});

test('doctor - looks at everything, and has advice for whatever is not there', async () => {
  const findings = await doctor(options);
  const names = findings.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['Node', 'nats-server', 'Docker', 'port 4222', 'port 4566', 'AWS credentials']),
  );
  expect(findings.filter(({ state, advice }) => state !== 'ok' && advice === undefined)).toEqual([]);
});

test("doctor - names a user's server without its password", async () => {
  const findings = await doctor({ ...options, env: { ...options.env, NATS_URL: 'nats://ann:secret@example:4222' } });
  const nats = findings.find(({ name }) => name === 'nats-server');
  expect(nats?.found).toBe("NATS_URL names 'nats://example:4222'");
});

test('doctor - says that a port is taken', async () => {
  const server = createServer();
  const taken = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(4222, '127.0.0.1', () => resolve(true));
  });
  const findings = await doctor(options);
  expect(findings.find(({ name }) => name === 'port 4222')).toMatchObject({
    state: 'note',
    found: 'not free (EADDRINUSE)',
  });
  if (taken) server.close();
});

test('doctorText - a line for each finding, what to do about it below it', () => {
  const text = doctorText([
    { name: 'Node', state: 'ok', found: '24' },
    { name: 'nats-server', state: 'note', found: 'none', advice: 'one\ntwo' },
  ]);
  expect(text).toBe(
    [
      'ok       Node         24',
      'note     nats-server  none',
      '                      one',
      '                      two',
      '',
    ].join('\n'),
  );
});
