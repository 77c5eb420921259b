import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { scaledCondition } from '../../web/kit/text-size.ts'

const web = path.join(import.meta.dirname, '..', '..', 'web')

describe('the size of text', () => {
  it('moves the limits of the layout with it, and nothing else of a condition', () => {
    expect(scaledCondition('screen and (max-width: 48em)', 200)).toBe('screen and (max-width: 96em)')
    expect(scaledCondition('(min-width: 62.5em) and (min-height: 30em)', 150)).toBe(
      '(min-width: 93.75em) and (min-height: 45em)',
    )
    expect(scaledCondition('(max-width: 48em)', 100)).toBe('(max-width: 48em)')
    expect(scaledCondition('(min-width: 48rem)', 125)).toBe('(min-width: 60rem)')
    for (const other of ['print', '(prefers-reduced-motion: reduce)', '(max-width: 600px)'])
      expect(scaledCondition(other, 200)).toBe(other)
  })

  it('is that of every icon too: each size the pages name has its rule', () => {
    const sizes = globSync('**/*.tsx', { cwd: web }).flatMap((file) =>
      [...readFileSync(path.join(web, file), 'utf8').matchAll(/\bsize=\{(\d+)\}/g)].map(([, size]) => Number(size)),
    )
    const rules = [
      ...readFileSync(path.join(web, 'kit', 'base.css'), 'utf8').matchAll(
        /svg\.tabler-icon\[width='(\d+)'\] \{\s*width: ([\d.]+)rem;\s*height: ([\d.]+)rem;/g,
      ),
    ].map(([, pixels, width, height]) => ({
      pixels: Number(pixels),
      is: Number(width) * 16,
      high: Number(height) * 16,
    }))
    expect(sizes.length).toBeGreaterThan(50)
    expect(sizes.filter((size) => !rules.some((rule) => rule.pixels === size))).toEqual([])
    for (const { pixels, is, high } of rules) expect([is, high]).toEqual([pixels, pixels])
  })
})
