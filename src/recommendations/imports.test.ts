import { expect, test } from 'vitest'
import { mayResume } from './model.ts'

test.each([
  ['cancelled', null, true],
  ['failed', null, true],
  ['failed', 'platform.job-gave-up', true],
  ['failed', 'platform.sheet-unreadable', false],
  ['failed', 'recommendations.head-missing', false],
  ['failed', 'recommendations.file-no-list', false],
  ['failed', 'recommendations.rows-refused', false],
  ['reading', null, false],
  ['done', null, false],
] as const)('an import that is %s with problem %s may go on: %s', (state, problemCode, may) => {
  expect(mayResume({ state, problemCode })).toBe(may)
})
