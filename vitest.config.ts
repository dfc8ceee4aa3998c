import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{harness,translator,emulator,fixtures,scripts}/**/*.test.ts'],
          pool: 'threads',
        },
      },
    ],
  },
});
