import { defineConfig } from 'vitest/config';

const serial = ['tests/**/*.integration.test.ts', 'tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: serial, testTimeout: 30_000 } },
      {
        // One machine has one pcscd: what starts processes runs one file after the other.
        test: {
          name: 'integration',
          include: serial,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
