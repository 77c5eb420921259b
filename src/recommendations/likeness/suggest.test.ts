import { describe, expect, test } from 'vitest'
import { gather, layOut, neighboursOf, startGathering, weigh, type Corpus } from './corpus.ts'
import { featuresOf } from './features.ts'
import { learn, likeTexts, suggestTerms, worthShowing, type Named } from './suggest.ts'

const [schooling, health, disability, children] = [1, 2, 3, 4]
const terms: Named[] = [
  { number: schooling, scheme: 'theme', names: ['Quyền được giáo dục', 'Right to education', "Droit à l'éducation"] },
  { number: health, scheme: 'theme', names: ['Quyền về sức khỏe', 'Right to health', 'Droit à la santé'] },
  {
    number: disability,
    scheme: 'group',
    names: ['Người khuyết tật', 'Persons with disabilities', 'Personnes handicapées'],
  },
  { number: children, scheme: 'group', names: ['Trẻ em', 'Children', 'Enfants'] },
]
type Text = { id: string; text: string; terms: number[] }
const known = (id: string, text: string, ...of: number[]): Text => ({ id, text, terms: of })
function laidOut(all: readonly Text[]): Corpus {
  const gathering = startGathering()
  for (const { text, ...one } of all) gather(gathering, one, featuresOf(text))
  return layOut(gathering)
}
const texts = [
  known(
    'a',
    'Build inclusive schools and train teachers so that pupils with disabilities learn together',
    schooling,
    disability,
  ),
  known('b', 'Make schools free of charge and train more teachers in the mountains', schooling),
  known('c', 'Vaccinate infants in remote clinics and train midwives', health, children),
  known('d', 'Reduce the mortality of infants by clinics near their homes', health, children),
]
const learned = learn(laidOut(texts), terms)
const suggested = (text: string) => suggestTerms(learned, featuresOf(text))

describe('features of a text', () => {
  test('are words and pairs without marks and endings, within a clause, each as it is written', () => {
    const features = featuresOf('Trẻ em được đến trường; Enfants')
    expect([...features]).toEqual([
      ['tre', { count: 1, written: 'trẻ' }],
      ['tre em', { count: 1, written: 'trẻ em' }],
      ['em', { count: 1, written: 'em' }],
      ['em den', { count: 1, written: 'em được đến' }],
      ['den', { count: 1, written: 'đến' }],
      ['den truong', { count: 1, written: 'đến trường' }],
      ['truong', { count: 1, written: 'trường' }],
      ['enfant', { count: 1, written: 'enfants' }],
    ])
    expect([...featuresOf('enfant').keys()]).toEqual(['enfant'])
  })

  test('leave out the States that recommend, as reviews print them, and nothing else in brackets', () => {
    expect([...featuresOf('Ratify (Nepal) (Viet Nam); Abolish (France);').keys()]).toEqual(['ratif', 'abolish'])
    expect([...featuresOf('Reform the law (code) on schools').keys()]).toContain('code')
  })

  test('have a bound, however long the text', () => {
    const long = Array.from({ length: 5000 }, (_, at) => `word${at}`).join(' ')
    expect(featuresOf(long).size).toBe(800)
  })
})

describe('the nearest texts', () => {
  test('are found by rare shared words, the nearest first; a text is as near to itself as can be', () => {
    const corpus = laidOut(texts)
    const near = neighboursOf(corpus, weigh(corpus, featuresOf('Train teachers of schools in the mountains')), 9)
    expect(near.map((one) => one.known.id)).toEqual(['b', 'a', 'c'])
    const [self] = neighboursOf(corpus, weigh(corpus, featuresOf(texts[3]?.text ?? '')), 1)
    expect([self?.known.id, self?.likeness.toFixed(6)]).toEqual(['d', '1.000000'])
    for (const { text } of texts)
      expect(neighboursOf(corpus, weigh(corpus, featuresOf(text)), 1)[0]?.likeness).toBeLessThanOrEqual(1)
  })

  test('say which words they share, and leave out what was not wanted or is hardly like', () => {
    const features = featuresOf('Clinics for infants')
    const like = likeTexts(learned.corpus, features, { most: 9, isWanted: ({ id }) => id !== 'd' })
    expect(like.map(({ id, words }) => [id, words])).toEqual([['c', ['clinics', 'infants']]])
    expect(
      likeTexts(learned.corpus, featuresOf('Abolish the death penalty'), { most: 9, isWanted: () => true }),
    ).toEqual([])
  })
})

describe('suggested terms', () => {
  test('come from what texts like it have, with the words and texts that speak for them', () => {
    const [first] = suggested('Train teachers and build schools')
    expect(first).toMatchObject({ term: schooling, scheme: 'theme', isNamed: false })
    expect(first?.learnedFrom.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(first?.words.join(' ')).toContain('teachers')
  })

  test('come from their own names in any language where nothing was learned', () => {
    const bare = learn(laidOut([]), terms)
    for (const text of [
      'Bảo đảm quyền được giáo dục',
      'Guarantee the right to education',
      'Garantir le droit à l’éducation',
    ])
      expect(suggestTerms(bare, featuresOf(text)).at(0)).toMatchObject({
        term: schooling,
        isNamed: true,
        learnedFrom: [],
      })
  })

  test('never come from a text that may not speak', () => {
    const all = suggestTerms(learned, featuresOf(texts[0]?.text ?? ''), ({ id }) => id !== 'a')
    expect(all.flatMap(({ learnedFrom }) => learnedFrom.map(({ id }) => id))).not.toContain('a')
  })

  test('ask only texts that have any term of the scheme', () => {
    const more = learn(laidOut([...texts, known('e', 'Build clinics for infants')]), terms)
    const score = (of: typeof learned) =>
      suggestTerms(of, featuresOf('Build clinics for infants'), ({ id }) => id !== 'e').find(
        ({ term }) => term === health,
      )
    expect(score(more)?.learnedFrom.map(({ id }) => id)).toEqual(score(learned)?.learnedFrom.map(({ id }) => id))
  })

  test('are the same for the same texts', () => {
    const again = suggestTerms(learn(laidOut(texts), terms), featuresOf('Train teachers and midwives'))
    expect(again).toEqual(suggested('Train teachers and midwives'))
  })

  test('are shown only where much speaks for them, a few of a scheme', () => {
    const said = (score: number, scheme = 'theme') => ({
      ...{ term: 1, scheme, score, words: [], learnedFrom: [], isNamed: false },
    })
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.1].map((score) => said(score))
    const shown = worthShowing([...scores, said(0.3, 'group'), said(0.1, 'group')])
    expect(shown.map(({ scheme, score }) => `${scheme} ${score}`)).toEqual([
      'theme 0.9',
      'theme 0.8',
      'theme 0.7',
      'theme 0.6',
      'theme 0.5',
      'group 0.3',
    ])
  })

  test('are none for a text without a word', () => {
    expect(suggested('…')).toEqual([])
  })
})
