import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffWords } from './word-diff.ts'

const own = (runs: { words: string; isOwn: boolean }[]) =>
  runs.filter((run) => run.isOwn).map((run) => run.words.trim())

describe('two texts side by side', () => {
  test('show the words that only one has', () => {
    const { here, there } = diffWords(
      'Ensure that all children are registered at birth.',
      'Ensure that all girls and boys are registered promptly at birth.',
    )
    expect(own(here)).toEqual(['children'])
    expect(own(there)).toEqual(['girls and boys', 'promptly'])
  })

  test('of which one has a comma more have the word before it in common', () => {
    const { here, there } = diffWords('At home and in schools.', 'At home, and in all schools.')
    expect([own(here), own(there)]).toEqual([[], [',', 'all']])
  })

  test('have nothing of their own when they are the same but for spaces', () => {
    const { here, there } = diffWords('Trẻ em  phải được', 'Trẻ em phải được')
    expect([...own(here), ...own(there)]).toEqual([])
  })

  test('of any words are whole again when their runs are joined', () => {
    const text = fc.array(fc.constantFrom('trẻ', 'em', 'quyền', ' ', '\n', 'a.', '')).map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (one, other) => {
        const { here, there } = diffWords(one, other)
        expect(here.map((run) => run.words).join('')).toBe(one)
        expect(there.map((run) => run.words).join('')).toBe(other)
      }),
    )
  })

  test('that are very long are marked whole where they differ', () => {
    const long = (word: string) => Array.from({ length: 3000 }, (_, at) => `${word}${at}`).join(' ')
    const { here } = diffWords(`Đầu ${long('a')} cuối`, `Đầu ${long('b')} cuối`)
    expect(here.map((run) => run.isOwn)).toEqual([false, true, false])
  })
})
