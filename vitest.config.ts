import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'machines',
          include: ['fixtures/**/*.machines.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'unit',
          include: ['{harness,translator,emulator,fixtures,scripts}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          pool: 'threads',
        },
      },
      { test: { name: 'browser', include: ['harness/report/**/*.browser.test.ts'] } },
    ],
  },
});
