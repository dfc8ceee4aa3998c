#!/usr/bin/env node
import process from 'node:process';
import { boundHeap } from '../src/bound-heap.ts';
import { runEmulatorCli } from '../src/cli.ts';

const aborter = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => aborter.abort());
process.exitCode = await runEmulatorCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: aborter.signal,
  onListening: boundHeap,
});
