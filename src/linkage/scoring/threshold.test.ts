import { expect, test } from 'vitest'
import { chooseThreshold, expectErrors } from './threshold.ts'
import { weightOf } from './weights.ts'

const weights = Float64Array.from([0.9, 0.8, 0.4, 0.2], weightOf)

test('errors are expected of the threshold that is used, whoever chose it', () => {
  expect(expectErrors(weights, 0.85)?.precision).toBeCloseTo(0.9)
  expect(expectErrors(weights, 0.85)?.recall).toBeCloseTo(0.9 / 2.3)
  expect(expectErrors(weights, 0.3)?.precision).toBeCloseTo(2.1 / 3)
  expect(chooseThreshold(weights)).toBeCloseTo(0.3)
})

test('where nothing is linked nothing is expected: neither all right nor nothing found', () => {
  expect(expectErrors(weights, 0.95)).toBeNull()
  expect(expectErrors(new Float64Array(0), 0.5)).toBeNull()
})

test('a list in which nobody stands twice brings no links that are likely wrong', () => {
  const doubtful = Float64Array.from([0.14, 0.13, 0.11, ...Array.from({ length: 60 }, () => 0.02)], weightOf)
  expect(chooseThreshold(doubtful)).toBe(0.5)
})
