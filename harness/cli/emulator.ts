import { boundHeap, emulatorUsage, runEmulatorCli } from 'parallax-emulator';
import { interruptible } from './interruptible.ts';
import type { Command } from './command.ts';

/** The emulator's own command line, by another name. */
export const emulator: Command = {
  help: emulatorUsage,
  run: (argv) =>
    interruptible((signal) =>
      runEmulatorCli(argv, { stdout: process.stdout, stderr: process.stderr, signal, onListening: boundHeap }),
    ),
};
