import { describe, expect, test } from 'vitest'
import { runTestOf } from '../graveyard/run.ts'
import { faultOf } from '../graveyard/spoil.ts'
import { variants } from '../graveyard/variants.ts'

// `npm run bench -- graveyard` rebuilds every flaw; here, that each still fits the code, and a few of them for real.
describe('the flaws of others, rebuilt in our code', () => {
  test('each has a name of its own, fits the code as it stands, and names a test that is there', () => {
    expect(new Set(variants.map((one) => one.name)).size).toBe(variants.length)
    expect(variants.flatMap((one) => faultOf(one) ?? [])).toEqual([])
    for (const variant of variants)
      expect([variant.name, variant.in ?? variant.sql]).not.toEqual([variant.name, undefined])
  })

  test.each(['grant-wider-than-own', 'formula-in-a-sheet'])(
    '%s is caught, and its test passes without it',
    { timeout: 240_000 },
    (name) => {
      const variant = variants.find((one) => one.name === name)
      if (variant === undefined) throw new Error(`no variant ${name}`)
      expect(runTestOf(variant, true).failed.length).toBeGreaterThan(0)
      const sound = runTestOf(variant, false)
      expect([sound.failed, sound.passed.length > 0]).toEqual([[], true])
    },
  )
})
