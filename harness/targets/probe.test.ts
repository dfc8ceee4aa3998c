import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { probe } from './probe.ts';

test("probe - what a target lacks is told in the target's own words", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(String(request.headers['x-amz-target'] ?? request.url));
    response.writeHead(400, { 'x-amzn-errortype': 'NotYetException' });
    response.end(JSON.stringify({ __type: 'NotYetException', message: 'not in this edition' }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lacks = await probe({ url, signal: new AbortController().signal });
  server.close();
  expect(lacks).toEqual({
    lambda: 'NotYetException: not in this edition',
    streams: 'NotYetException: not in this edition',
  });
  expect(asked.sort()).toEqual([
    '/2015-03-31/functions',
    'DynamoDB_20120810.CreateTable',
    'DynamoDB_20120810.DeleteTable',
  ]);
});
