import { emulatorHelp, runEmulatorCli } from 'parallax-emulator';
import type { Command } from './command.ts';

/** The emulator's own command line, by another name. */
export const emulator: Command = {
  help: emulatorHelp,
  run: (argv) => runEmulatorCli(argv),
};
