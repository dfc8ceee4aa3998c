import { startEmulator } from 'parallax-emulator';

/**
 * The emulator that is fuzzed, in a process of its own: its memory is nobody else's, and whatever it does not catch ends it
 * with a word to the parent.
 */
const { gc } = globalThis;
if (gc === undefined || process.send === undefined) throw new Error('run as a child, with --expose-gc');
const tell = process.send.bind(process);

for (const kind of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(kind, (error: unknown) => {
    tell({ crash: `${kind}: ${error instanceof Error ? error.stack : String(error)}` }, () => process.exit(1));
  });
}
process.on('disconnect', () => process.exit());
process.on('message', () => {
  for (let round = 0; round < 4; round += 1) gc();
  tell({ heapBytes: process.memoryUsage().heapUsed });
});

const emulator = await startEmulator({ seed: 1 });
tell({ port: emulator.port });
