import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { clusterOfArticles, findTerm, listedTerms, treatyClusters, wordLimits } from './lists.ts'

const targets = listedTerms.filter(({ scheme, above }) => scheme === 'sdg' && above !== null)
const reference = '../shared/reference/un/sdg-targets.csv'

describe('names of the targets of 2030', () => {
  test('are 169, of seventeen goals, each name of its own in every language', () => {
    expect([targets.length, new Set(targets.map(({ above }) => above)).size]).toEqual([169, 17])
    for (const language of ['vi', 'en', 'fr'] as const)
      expect(new Set(targets.map(({ names }) => names[language])).size).toBe(169)
  })

  test('none stands for its number or its goal alone', () => {
    const goals = new Map(listedTerms.map(({ number, names }) => [number, names.vi ?? '']))
    for (const { code, above, names } of targets) {
      const [target = '', goal = ''] = [names.vi, goals.get(above ?? 0)]
      expect([code, target.includes(goal), target.includes(code)]).toEqual([code, false, false])
      expect([code, target.length >= 40, /[ạảãàáâậầấẩẫăắằặẳẵđêếềểễệôốồổỗộơớờởỡợưứừửữự]/u.test(target)]).toEqual([code, true, true]) // prettier-ignore
      expect([names.en, names.fr]).not.toContain(target)
    }
  })

  test('numbers in the Vietnamese name are those of the English one', () => {
    const numbers = (text: string) => [...text.matchAll(/\b(?:20[1-3]\d|\d{1,3}(?=%| per cent))/g)].map(([one]) => one)
    for (const { code, names } of targets)
      for (const number of numbers(names.vi ?? ''))
        expect([code, (names.en ?? '').includes(number)]).toEqual([code, true])
  })

  test('lead back to the target that has them, by number and by words', () => {
    for (const { number, code, names } of targets)
      for (const label of [code, `${code} - ${names.en}`, names.vi ?? '']) expect([label, findTerm('sdg', label)]).toEqual([label, number]) // prettier-ignore
  })

  test.skipIf(!existsSync(reference))('are in English and French those of the list of the UN', () => {
    const rows = parse(readFileSync(reference), { columns: true }) as Record<string, string>[]
    expect(targets.map(({ code, names }) => [code, names.en, names.fr]).sort()).toEqual(
      rows.map((row) => [row['target'], row['title_en'], row['title_fr']]).sort(),
    )
  })
})

test('limits of words are named in every language', () => {
  expect(wordLimits.map(({ words }) => words)).toEqual([10_700, 21_200, 31_800, 42_400, 10_700])
  for (const { names } of wordLimits) expect(Object.keys(names)).toEqual(['vi', 'en', 'fr'])
})

test('articles of the Convention stand under one cluster each, of which there is one; the right to life decides last', () => {
  expect(clusterOfArticles(['24', '27'])).toBe('H')
  expect(clusterOfArticles(['6', '18'])).toBe('F')
  expect(clusterOfArticles(['6'])).toBe('C')
  expect(clusterOfArticles([])).toBeNull()
  const articles = listedTerms.filter(({ scheme }) => scheme === 'article').map(({ code }) => code)
  expect(articles.filter((code) => Number(code) <= 40 && clusterOfArticles([code]) === null)).toEqual([])
  const clusters = new Set(treatyClusters.map(({ code }) => code))
  expect(articles.flatMap((code) => clusterOfArticles([code]) ?? []).filter((code) => !clusters.has(code))).toEqual([])
})
