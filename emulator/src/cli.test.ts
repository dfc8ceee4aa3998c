import { expect, test } from 'vitest';
import { runEmulatorCli } from './cli.ts';

function harness(): {
  readonly io: Parameters<typeof runEmulatorCli>[1];
  readonly out: string[];
  readonly err: string[];
  readonly stop: () => void;
  readonly first: Promise<string>;
} {
  const out: string[] = [];
  const err: string[] = [];
  const aborter = new AbortController();
  const { promise: first, resolve } = Promise.withResolvers<string>();
  const stdout = { write: (text: string) => resolve(text) ?? out.push(text) };
  const stderr = { write: (text: string) => err.push(text) };
  return { io: { stdout, stderr, signal: aborter.signal }, out, err, stop: () => aborter.abort(), first };
}

test('emulator - says where it listens, answers, and stops when asked', async () => {
  const { io, first, stop } = harness();
  const running = runEmulatorCli(['--port', '0', '--permit', 'ADV-SQS-01', '--seed', '7'], io);
  const lines = (await first).split('\n');
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(lines[0] ?? '')?.[1] ?? '';
  expect(lines[1]).toContain(`AWS_ENDPOINT_URL=${url} `);
  const health = await fetch(`${url}/_health`);
  expect(await health.json()).toMatchObject({ status: 'running' });
  const fired = await fetch(`${url}/_parallax/permissions`);
  expect(await fired.json()).toMatchObject({ accounts: {}, known: { 'ADV-SQS-01': { rate: 0.05 } } });
  stop();
  expect(await running).toBe(0);
  await expect(fetch(`${url}/_health`)).rejects.toThrow();
});

test('emulator - what happens by permission is told as it happens, and on a page', async () => {
  const { io, first, stop, err } = harness();
  const running = runEmulatorCli(
    ['--port', '0', '--virtual', '--permit', 'all=0,FAULT-throttling=1', '--seed', '7'],
    io,
  );
  const [, url = ''] = /listening on (\S+)/.exec(await first) ?? [];
  const throttled = await fetch(`${url}/?Action=ListQueues`, {
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=111111111111/20260101/us-east-1/sqs/aws4_request' },
  });
  expect(throttled.status).toBe(403);
  const page = (await (await fetch(`${url}/_parallax/permissions`)).json()) as {
    readonly accounts: Readonly<Record<string, unknown>>;
  };
  expect(page.accounts['111111111111']).toMatchObject({
    counts: { 'FAULT-throttling': 1 },
    fired: [{ at: '2026-01-01T00:00:00.000Z', point: 'FAULT-throttling', sentence: expect.any(String) }],
  });
  expect(err.join('')).toContain('2026-01-01T00:00:00.000Z FAULT-throttling option 1');
  stop();
  expect(await running).toBe(0);
});

test('emulator - virtual time moves when told, per account', async () => {
  const { io, first, stop } = harness();
  const running = runEmulatorCli(['--port', '0', '--virtual', '--json'], io);
  const { url } = JSON.parse(await first) as { readonly url: string };
  const move = async (body: object): Promise<Response> =>
    fetch(`${url}/_parallax/clock`, { method: 'POST', body: JSON.stringify(body) });
  const before = (await (await move({ advanceMs: 0 })).json()) as { readonly epochMs: number };
  expect(await (await move({ advanceMs: 30_000 })).json()).toMatchObject({ epochMs: before.epochMs + 30_000 });
  const other = await move({ advanceMs: 0, accountId: '111111111111' });
  expect(await other.json()).toMatchObject({ accountId: '111111111111', epochMs: before.epochMs });
  expect(await (await move({ to: '2026-03-29T01:00:00Z' })).json()).toMatchObject({ at: '2026-03-29T01:00:00.000Z' });
  expect((await move({ advanceMs: -1 })).status).toBe(400);
  expect((await move({ to: '2020-01-01T00:00:00Z' })).status).toBe(400);
  stop();
  expect(await running).toBe(0);
});

test.each([
  [['--port', 'x'], "port 'x' is not one of 0 to 65535"],
  [['--permit', 'ADV-SQS-01=2'], "rate '2' of 'ADV-SQS-01' is not a number from 0 to 1"],
  [['--permit', 'ADV-NO-1'], "permission 'ADV-NO-1' is not known; see GET /_parallax/permissions, or 'all'"],
  [['--seed', '1.5'], "seed '1.5' is not a whole number"],
  [['--nonsense'], "Unknown option '--nonsense'"],
])('emulator - %s is refused in one line', async (argv, line) => {
  const { io, err } = harness();
  expect(await runEmulatorCli(argv, io)).toBe(64);
  expect(err.join('').trimEnd().split('\n')).toHaveLength(1);
  expect(err.join('')).toContain(line);
});

test('emulator - listens beyond loopback only when told to, and says so', async () => {
  const { io, first, stop, err } = harness();
  const running = runEmulatorCli(['--port', '0', '--host', '0.0.0.0'], io);
  expect(await first).toContain('listening on http://0.0.0.0:');
  expect(err.join('')).toBe("warning: other machines can reach '0.0.0.0', and the emulator checks no credentials\n");
  stop();
  expect(await running).toBe(0);
});

test('emulator - --help shows an example', async () => {
  const { io, first } = harness();
  expect(await runEmulatorCli(['--help'], io)).toBe(0);
  expect(await first).toContain('example: parallax emulator');
});
