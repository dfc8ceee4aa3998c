import { runMap } from '../map/command.ts';
import { helpOf } from '../map/help.ts';
import type { Command } from './command.ts';

/** Subjects as events, filters as rules, and whether a mapping keeps what NATS promises. */
export const map: Command = {
  help: ([name = '']) => helpOf(name),
  run: (argv) =>
    runMap(argv, {
      write: (text) => void process.stdout.write(text),
      remark: (line) => void process.stderr.write(`parallax: ${line}\n`),
      input: process.stdin.isTTY ? undefined : process.stdin,
    }),
};
