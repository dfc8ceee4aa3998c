import { startEmulator } from './server.ts';
import type { Emulator, EmulatorOptions } from './server.ts';

/**
 * A fixture for vitest's `test.extend`: an emulator of its own for each test that names it, stopped when the test ends.
 *
 * `const test = base.extend<{ emulator: Emulator }>({ emulator: emulatorFixture({ clock: 'virtual' }) })`
 */
export function emulatorFixture(
  options: EmulatorOptions = {},
): (context: object, use: (emulator: Emulator) => Promise<void>) => Promise<void> {
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern which other fixtures this one needs: none
  return async ({}, use) => {
    await using emulator = await startEmulator(options);
    await use(emulator);
  };
}

export type { Emulator, EmulatorOptions } from './server.ts';
