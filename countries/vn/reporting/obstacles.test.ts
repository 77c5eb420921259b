import { expect, test } from 'vitest'
import { halfYearForm } from './forms.ts'
import { obstacles } from './obstacles.ts'

test('every theme of a form of the country means one kind of obstacle, and none means two', () => {
  const asked = halfYearForm.sections.flatMap((section) => (section.kind === 'obstacles' ? section.themes : []))
  expect(asked.length).toBeGreaterThan(0)
  for (const { key } of asked)
    expect([key, obstacles.themes.filter(({ formKeys }) => formKeys?.includes(key)).length]).toEqual([key, 1])
})
