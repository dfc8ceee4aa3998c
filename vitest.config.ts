import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What `--tags-filter` knows: levels, features as the folders of `suites/`, and rows about scale. */
const tags = ['MUST', 'SHOULD', 'MAY', 'scale', ...readdirSync(new URL('suites', import.meta.url))].map((name) => ({
  name,
}));

/** `.ts` in a clone, `.js` in an installed package. */
const ending = extname(import.meta.filename);

export default defineConfig({
  test: {
    // Once, at the root: a project's own would run once a project.
    globalSetup: ['./harness/vitest/global-setup.ts'],
    reporters: ['default', './harness/vitest/reporter.ts'],
    tags,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{harness,translator,emulator,fixtures,scripts,examples}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
          pool: 'threads',
        },
      },
      {
        test: {
          name: 'machines',
          include: ['{fixtures,harness}/**/*.machines.ts'],
          // Docker may have removed a container that died at once before its words could be read.
          retry: 2,
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      { test: { name: 'browser', include: ['harness/report/**/*.browser.test.ts'] } },
      {
        test: {
          name: 'conformance',
          include: [`suites/**/*${ending}`],
          setupFiles: ['./harness/vitest/setup.ts'],
          pool: 'threads',
          isolate: false,
          // Node loads the modules: a run computes, and through vite's runner each call of what was imported is a look-up.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          // vitest keeps a core for itself by default; cells that compute need them all.
          maxWorkers: availableParallelism(),
          testTimeout: 0,
          hookTimeout: 0,
        },
      },
      {
        test: {
          name: 'latency',
          include: [`harness/latency/**/*.latency${ending}`],
          // Beside nothing: one worker, after every other project.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
