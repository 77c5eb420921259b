import { describe, expect, test } from 'vitest'
import { noSteps, stepBetween, stepped, together, walked } from './steps.ts'

type Row = { count: string; note: string }
const none = { count: '', note: '' }

describe('steps over rows', () => {
  test('go back and again', () => {
    const [from, to] = [{ a: none }, { a: { count: '5', note: '' }, b: { count: '7', note: 'x' } }]
    const step = stepBetween<Row>(from, to)
    expect(walked(to, step, 'from')).toEqual(from)
    expect(walked(from, step, 'to')).toEqual(to)
  })

  test('taken back leave what colleagues wrote beside them, also in the same row', () => {
    const step = stepBetween<Row>({ a: none }, { a: { count: '5', note: '' } })
    expect(walked({ a: { count: '5', note: 'theirs' }, b: none }, step, 'from')).toEqual({
      a: { count: '', note: 'theirs' },
      b: none,
    })
  })

  test('typed letter by letter are one, also where the row was not there before', () => {
    const [first, second, third] = [{}, { a: { count: '1', note: '' } }, { a: { count: '12', note: 'n' } }]
    const step = together(stepBetween<Row>(first, second), stepBetween<Row>(second, third))
    expect(walked(third, step, 'from')).toEqual({})
    expect(walked(first, step, 'to')).toEqual(third)
    const gone = together(stepBetween<Row>(second, third), stepBetween<Row>(third, {}))
    expect(walked(second, gone, 'to')).toEqual({})
    expect(walked({}, gone, 'from')).toEqual(second)
  })

  test('that change nothing are none, and a new one ends what could be taken again', () => {
    const step = stepBetween<Row>({ a: none }, { a: { count: '5', note: '' } })
    const taken = { ...noSteps, after: [step] }
    expect(stepped(taken, stepBetween<Row>({ a: none }, { a: none }))).toEqual(taken)
    expect(stepped(taken, step)).toEqual({ before: [step], after: [], typing: null })
  })
})
