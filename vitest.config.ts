import { defineConfig } from 'vitest/config'

/**
 * One runner, three suites: `unit` (pure and on files), `db` (on a real database, one clone a file) and `e2e` (a browser).
 * On a database the product's modules are loaded once for all files that one process runs, which saves a third of the time; what a file
 * left behind in them would be a fault of the product's, which answers many requests with the same modules.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'countries/**/*.test.ts', 'test/unit/**/*.test.ts', 'web/**/*.test.ts'],
          exclude: ['**/*.db.test.ts'],
          // A machine may be busy with other work; a test that hangs is seen all the same.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['src/**/*.db.test.ts', 'countries/**/*.db.test.ts', 'test/db/**/*.db.test.ts'],
          globalSetup: ['test/kit/global-database.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          globalSetup: ['test/kit/global-product.ts'],
          testTimeout: 240_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
