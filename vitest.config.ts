import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/vscode/**'],
    pool: 'threads',
    maxWorkers: 2,
    // Everything below the entry files is pure (test/architecture.test.ts), so test files may share one module graph
    // a worker: Chevrotain's parser is built twice a run and not once a file.
    isolate: false,
    reporters: ['default'],
    // What hangs is found; what waits for Chromium on a busy machine is not cut off.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
