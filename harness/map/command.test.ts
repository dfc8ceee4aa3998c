import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '#core';
import { runMap } from './command.ts';

/** Runs a `map` command with what comes by pipe; arguments are split at spaces. */
async function map(argv: string | readonly string[], input?: string | Uint8Array) {
  let out = '';
  const remarks: string[] = [];
  const code = await runMap(typeof argv === 'string' ? argv.split(' ') : argv, {
    write: (text) => void (out += text),
    remark: (line) => void remarks.push(line),
    input: input === undefined ? undefined : Readable.from([Buffer.from(input)]),
  });
  return { out, code, remarks };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parallax-map-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('answers', () => {
  test('encode and decode are good with pipes', async () => {
    const encoded = await map('encode', 'a.b\r\nagent.nlp-001.cmd.status\n\nлес.é');
    expect(encoded.out.split('\n')[0]).toBe(
      '{"source":"nats","detailType":"nats.msg","detail":{"v":1,"s":"a.b","n":2,"t0":"a","t1":"b"}}',
    );
    expect(await map('decode', encoded.out)).toMatchObject({ out: 'a.b\nagent.nlp-001.cmd.status\nлес.é\n', code: 0 });
  });

  test('decode takes an event as EventBridge delivers it', async () => {
    const event = { source: 'nats', 'detail-type': 'nats.msg', id: '1', detail: { s: 'a.b' } };
    expect(await map(['decode', JSON.stringify(event)])).toMatchObject({ out: 'a.b\n' });
  });

  test('rule tells its size, and what the filter policy lets through beside', async () => {
    const { out } = await map('rule a.*.c.d.e.f.> --json');
    expect(JSON.parse(out)).toMatchObject({ charactersMax: 2048, filterPolicy: { beside: 'a.x.c.d.e.x.x' } });
    expect(JSON.parse((await map('rule a.b --json')).out)).toMatchObject({ filterPolicy: { beside: null } });
  });

  test('match says what NATS does, and exits 1 where the mapping does not', async () => {
    expect(await map('match a.* a.b')).toMatchObject({ out: 'match\n', code: 0 });
    expect(await map('match a.>', 'a\na.b\n')).toMatchObject({ out: 'no match\nmatch\n', code: 0 });
    expect(await map('match agent.*.ready agent.x.ready.extra --profile design')).toMatchObject({
      out: 'no match by NATS, match by design\n',
      code: 1,
    });
  });

  test('a wildcard in a subject is remarked upon', async () => {
    const { remarks, code } = await map('encode a.*');
    expect([code, remarks]).toEqual([0, ["subject 'a.*' has a wildcard, which NATS routes as a plain token"]]);
  });

  test('diff of filters and rules is proven', async () => {
    expect(await map('diff work.*.high work.>')).toMatchObject({
      out: "contained: 'work.*.high' asks for a part of 'work.>'\n  only 'work.>': work.x\n  both: work.x.high\n",
      code: 1,
    });
    const rule = (await map('rule work.nlp.>')).out.trim();
    expect(await map(['diff', 'work.nlp.>', rule, '--json'])).toMatchObject({ code: 0 });
  });

  test('diff of mappings begins with the shortest subject', async () => {
    const { out, code } = await map('diff exact design');
    expect(code).toBe(1);
    expect(out).toMatch(/^a: exact arrives as 'a'; design is refused/);
    expect(out).toContain("agent: exact arrives as 'agent'; design arrives as 'agent.unknown.unknown'\n");
    expect(await map('diff exact exact')).toMatchObject({ code: 0 });
  });
});

describe('bad input is one clear line', () => {
  test.each([
    ['encode a..b', "subject 'a..b' has an empty token at 1"],
    [['encode', 'a b'], "subject 'a b' has white space in token 0, expected none"],
    [['encode', 'a\u001b[31m..b'], "subject 'a␛[31m..b' has an empty token at 1"],
    [['encode', ''], "subject '' is empty, expected tokens joined by dots"],
    ['rule a.>.b', "filter 'a.>.b' has '>' at 1, expected it as the last token only"],
    ['match a.* a.', "subject 'a.' has an empty token at 1"],
    ['encode --profile nope a', "mapping 'nope' is unknown: expected design, mended, exact or a module's file"],
    ['bogus', "map command 'bogus' is unknown: expected one of encode, decode, rule, match, verify, plan, diff"],
    ['constructor', "map command 'constructor' is unknown"],
    ['encode', 'no subject was given: expected one or more, or one a line by pipe'],
    ['decode {}', "entry '{}' is none: expected JSON with source, detailType and detail"],
    ['verify --runs x', "--runs 'x' is not a number: expected 1 to 999999999"],
    ['diff a', 'expected two mappings, filters or rules'],
    ['plan', 'no file was given'],
    ['diff a {', "rule '{' is no JSON object"],
  ])('%j', async (argv, message) => {
    const running = map(argv);
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
    await expect(running.catch((error: Error) => error.message)).resolves.not.toContain('\n');
  });

  test('4,096 bytes and one more, 300 tokens', async () => {
    await expect(map(['encode', 'x'.repeat(4_094)])).resolves.toMatchObject({ code: 0 });
    await expect(map(['encode', 'x'.repeat(4_095)])).rejects.toThrow('has 4095 bytes, at most 4094 fit');
    const tokens = Array.from({ length: 300 }, () => 'a').join('.');
    await expect(map(['encode', tokens])).resolves.toMatchObject({ code: 0 });
    await expect(map(['rule', tokens])).rejects.toThrow(/has 3875 characters, at most 2048 are allowed/);
  });

  test('by pipe the line is named, and answers before it stand', async () => {
    await expect(map('encode', 'a\nb..c\n')).rejects.toThrow("line 2: subject 'b..c' has an empty token at 1");
    await expect(map('encode', Buffer.from('a\nb\xff\n', 'latin1'))).rejects.toThrow('line 2 is not UTF-8');
  });
});

describe('plan', () => {
  const system = `# a system
subscribe agent.*.ready
subscribe work.nlp.> queue=workers
subscribe work.nlp.> queue=workers
subscribe metrics.>
publish agent.x.ready.extra rate=1.5
publish work.nlp.urgent.task rate=200   # no such queue
publish metrics.cpu
`;

  function file(text: string): string {
    const path = join(folder, 'system.txt');
    writeFileSync(path, text);
    return path;
  }

  test('names what is needed, what is used of each quota, and what cannot be had', async () => {
    const { out, code } = await map(['plan', file(system)]);
    expect(code).toBe(0);
    expect(out).toMatchSnapshot();
  });

  test('JSON in says the same as lines, JSON out too', async () => {
    const description = {
      subscriptions: [
        { filter: 'agent.*.ready' },
        { filter: 'work.nlp.>', queue: 'workers' },
        { filter: 'work.nlp.>', queue: 'workers' },
        { filter: 'metrics.>' },
      ],
      subjects: [
        { subject: 'agent.x.ready.extra', rate: 1.5 },
        { subject: 'work.nlp.urgent.task', rate: 200 },
        { subject: 'metrics.cpu' },
      ],
    };
    const lines = await map(['plan', file(system), '--json']);
    const json = await map(['plan', file(JSON.stringify(description)), '--json']);
    expect(JSON.parse(json.out)).toEqual(JSON.parse(lines.out));
  });

  test('HTML escapes what it shows', async () => {
    const html = join(folder, 'plan.html');
    await map(['plan', file('subscribe <img/src=x>.*\npublish "><script>alert(1)</script>.a\n'), '--html', html]);
    const page = readFileSync(html, 'utf8');
    expect(page).toContain('&lt;img/src=x&gt;.*');
    expect(page).not.toMatch(/<img|<script/);
  });

  test.each([
    ['subscribe a\nsubscribe a..b', ":2: filter 'a..b' has an empty token at 1"],
    ['publish a rate=x', ':1: the rate is not a number: expected messages a second'],
    ['publish a wat=1', ":1: 'wat=1' is unknown: expected rate=…"],
    ['shout a', ":1: 'shout' is unknown: expected 'subscribe' or 'publish'"],
    ['# nothing', 'is empty: expected a subscription or a subject'],
    ['{"subjects": [{"subject": 3}]}', ": subjects[0]: 'subject' is no text"],
    ['{"subjects": [', 'is no JSON: '],
    ['{"subscriptions": {}}', "'subscriptions' is no list"],
  ])('%j is a bad file, and its place is named', async (text, message) => {
    const running = map(['plan', file(text)]);
    await expect(running).rejects.toThrow(UsageError);
    await expect(running).rejects.toThrow(message);
  });
});
