import { defineConfig } from 'vitest/config';

/** These need lines (ptys, sockets, pipes to processes), but no pcscd: they run beside each other. */
const lines = ['tests/**/*.line.test.ts'];
/** One machine has one pcscd: what may start it runs one file after the other. */
const serial = ['tests/**/*.integration.test.ts', 'tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'];
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Most of these wait for lines and timers: one a core, where vitest would spare a core.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [...lines, ...serial],
          testTimeout: 30_000,
          // Loading modules anew for each file was half of their work; they leave nothing behind for the next.
          isolate: false,
        },
      },
      { test: { name: 'lines', include: lines, ...patience } },
      { test: { name: 'integration', include: serial, fileParallelism: false, ...patience } },
    ],
  },
});
