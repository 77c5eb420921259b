import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { root, spoilt, variantOfRun } from './spoil.ts'

const variant = variantOfRun()

/** The tests of the product with one of its variants, chosen by MANGNON_VARIANT: `bench/graveyard.ts` runs it. */
export default defineConfig({
  root,
  plugins: [
    {
      name: 'variant',
      enforce: 'pre',
      transform: (code, id) =>
        variant?.in && id.split('?')[0] === path.join(root, variant.in.file) ? spoilt(code, variant) : undefined,
    },
  ],
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    fsModuleCache: false, // the text of a file is not what lies on the disk
    globalSetup: process.argv.some((word) => word.endsWith('.db.test.ts')) ? ['test/kit/global-database.ts'] : [],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
})
