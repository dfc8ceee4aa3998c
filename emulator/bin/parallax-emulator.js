#!/usr/bin/env node
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runEmulatorCli } from '../src/cli.ts';

const aborter = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => aborter.abort());
process.exitCode = await runEmulatorCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: aborter.signal,
  onListening: boundHeap,
});

/**
 * A message lives for milliseconds. V8 would let its young generation grow to 128 MB for them and keep it, and let garbage
 * in the old one grow to several times what was ever alive.
 */
function boundHeap() {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
