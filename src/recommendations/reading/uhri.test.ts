import { describe, expect, test } from 'vitest'
import { country } from '../../../countries/testland/index.ts'
import { findMechanism, findTerm, listedTerms } from '../lists/lists.ts'
import { readUhriRecord } from './uhri.ts'

const whole = {
  AnnotationId: '7A1B0000-0000-4000-8000-000000000001',
  AnnotationType: '- Recommendations',
  Body: '- Committee on the Rights of the Child',
  Countries: ['Testland'],
  DocumentId: '7a1b0000-0000-4000-8000-00000000000d',
  Symbol: 'CRC/C/TLD/CO/5-6',
  Text: '30.The Committee urges the State party to act&nbsp;at <b>once</b>.',
  PublicationDate: '2022-10-21T00:00:00',
  PublicationDateOnUhri: '2022-12-01T00:00:00',
  Themes: ['- Right to health', 'Right to be left alone'],
  AffectedPersons: ['Children', 'Women & girls'],
  Sdgs: ['16.2 - Protect children', '3 - GOOD HEALTH AND WELL-BEING'],
  UprCycle: null,
  UprSession: [],
  UprPositions: [],
  UprRecommendingCountry: [],
}
const read = (changes: Record<string, unknown>) =>
  readUhriRecord(Buffer.from(JSON.stringify({ ...whole, ...changes })), country.ownState, 'en')
const recordOf = (changes: Record<string, unknown>) => {
  const { record } = read(changes)
  if (record === null) throw new Error('refused')
  return record
}

describe('a record of the index', () => {
  test('is read with its number, its words without markup, its terms as suggestions', () => {
    const { record, notes, unknown } = read({})
    expect(notes).toEqual([])
    expect(unknown).toEqual(['theme: Right to be left alone'])
    expect(record).toMatchObject({
      externalId: whole.AnnotationId.toLowerCase(),
      paragraph: '30',
      text: 'The Committee urges the State party to act at once.',
      rawText: whole.Text,
      weight: 'urges',
      kind: 'recommendation',
      document: { mechanism: 'crc', cycle: '5-6', isOwn: true, publishedOn: '2022-10-21' },
    })
    const named = listedTerms.filter(({ number }) => record?.suggested.includes(number)).map(({ code }) => code)
    expect(named.sort()).toEqual(['16.2', '3', 'children', 'right-to-health', 'women-girls'])
  })

  test.each([
    ['- CRC', 'crc'],
    ['CRC', 'crc'],
    ['Committee on the Rights of the Child', 'crc'],
    ['Comité des droits de l’enfant', 'crc'],
    ['- Committee on Migrant Workers', 'cmw'],
    ['- Special Rapporteur on the right to education', 'sp'],
    ['- UPR', 'upr'],
  ])('of "%s" is of one mechanism', (body, code) => {
    expect(recordOf({ Body: body, Symbol: null }).document.mechanism).toBe(code)
  })

  test('of a body nobody knows is taken in beside the others, and told', () => {
    const { record, notes } = read({ Body: 'Council of the Wise', Symbol: 'X/1' })
    expect(record?.document.mechanism).toBe('other')
    expect(notes).toMatchObject([{ code: 'recommendations.record-unknown-body', isRefused: false }])
  })

  test.each([
    [[], 'CRC/C/PER/CO/6-7', ['Peru'], false],
    [[], 'CRC/C/TLD/CO/1', ['Testland'], true],
    [['PER'], 'A/HRC/1/2', ['Peru'], false],
    [['TLD'], 'A/HRC/1/2', ['Testland'], true],
  ])('with the States %j and the symbol %s is addressed to %j', (Countries, Symbol, states, isOwn) => {
    expect(recordOf({ Countries, Symbol }).document).toMatchObject({ states, isOwn })
  })

  test('of a State nobody knows is taken in, and told', () => {
    const { record, notes } = read({ Countries: ['Atlantis', 'Peru', 'XQX'] })
    expect(record?.document).toMatchObject({ states: ['Atlantis', 'Peru', 'XQX'], isOwn: false })
    expect(notes).toEqual([
      { code: 'recommendations.record-unknown-state', params: { state: 'Atlantis, XQX' }, isRefused: false },
    ])
  })

  test.each([
    ...['Viet Nam', 'Việt Nam', 'Vietnam', 'Turkey', 'Türkiye', 'United Kingdom of Great Britain & Northern Ireland'],
    ...['Netherlands (Kingdom of the)', 'Hong Kong, China', 'Swaziland', 'Côte d’Ivoire', 'State of Palestine'],
    ...['Saint Kitts & Nevis', 'Testland (Kingdom of)', 'TLD', 'Royaume-Uni'],
  ])('of %s is of a State that is known', (name) => expect(read({ Countries: [name] }).notes).toEqual([]))

  test.each([
    ['Fourth', '4'],
    ['First cycle', '1'],
    ['Second', '2'],
    ['third', '3'],
    ['Cinquième cycle', '5'],
    ['4th cycle', '4'],
  ])('of the cycle "%s" is of cycle %s', (UprCycle, cycle) =>
    expect(recordOf({ UprCycle, Symbol: 'A/HRC/57/6' }).document.cycle).toBe(cycle),
  )

  test.each([
    ['', 'The Committee recommends that it act', 'recommendation'],
    ['3f2a0000-0000-4000-8000-000000000001', 'Il devrait agir', 'recommendation'],
    ['', 'Progress is noted', 'other'],
    ['- Concerns/Observations', 'The Committee recommends', 'observation'],
  ])('of the type "%s" saying "%s" is of kind %s', (AnnotationType, Text, kind) => {
    expect(recordOf({ AnnotationType, Text }).kind).toBe(kind)
  })

  test('numbered 140.10 is not 140.1, and sorts behind 140.9', () => {
    const [nine, ten] = ['140.9 Ratify it', '140.10 Ratify it'].map((Text) => recordOf({ Text }))
    expect([nine?.paragraph, ten?.paragraph]).toEqual(['140.9', '140.10'])
    expect((nine?.sortKey ?? '') < (ten?.sortKey ?? '')).toBe(true)
  })

  test.each([
    [{ AnnotationId: '' }, 'recommendations.record-without-key'],
    [{ AnnotationId: 'seven' }, 'recommendations.record-without-key'],
    [{ Text: ' <p>&nbsp;</p> ' }, 'recommendations.record-without-text'],
    [{ Text: null }, 'recommendations.record-without-text'],
    [{ Text: 'a'.repeat(100_001) }, 'recommendations.record-too-long'],
  ])('with %j is refused', (changes, code) => {
    const { record, notes } = read(changes)
    expect(record).toBeNull()
    expect(notes).toEqual([{ code, params: {}, isRefused: true }])
  })

  test('that is no JSON is refused, and so is one with nothing in it', () => {
    for (const bytes of ['{"AnnotationId": ', '{}', '[]', 'null'])
      expect(readUhriRecord(Buffer.from(bytes), country.ownState, 'en').record).toBeNull()
  })

  test('has the same hashes however its lines break, and others when a word or a label changes', () => {
    const one = recordOf({ Text: '<p>1. Act now</p><p>and later</p>' })
    const other = recordOf({ Text: '1. Act now and later' })
    expect([one.textHash, one.recordHash]).toEqual([other.textHash, other.recordHash])
    expect(recordOf({ Text: '1. Act now and soon' }).textHash).not.toBe(one.textHash)
    const tagged = recordOf({ Text: '1. Act now and later', Themes: [] })
    expect([tagged.textHash === one.textHash, tagged.recordHash === one.recordHash]).toEqual([true, false])
  })
})

describe('the code lists', () => {
  test('give every number and every code of a scheme once', () => {
    const numbers = listedTerms.map(({ number }) => number)
    expect(new Set(numbers).size).toBe(numbers.length)
    const codes = listedTerms.map(({ scheme, code }) => `${scheme} ${code}`)
    expect(new Set(codes).size).toBe(codes.length)
  })

  test('know a label with "and" or "&", in three languages, and its older wording', () => {
    const family = findTerm('theme', 'Children: family environment & alternative care')
    expect(family).toBeDefined()
    expect(findTerm('theme', 'Children: family environment and alternative care')).toBe(family)
    expect(findTerm('theme', 'Trẻ em: môi trường gia đình và chăm sóc thay thế')).toBe(family)
    expect(findTerm('group', 'women and girls')).toBe(findTerm('group', 'Phụ nữ và trẻ em gái'))
    expect(findTerm('theme', 'Human Rights & drinking water & sanitation')).toBe(
      findTerm('theme', 'Safe drinking water & sanitation'),
    )
    expect(findTerm('sdg', '16')).toBe(316)
    expect(findTerm('sdg', '16.99 - none')).toBeUndefined()
    expect(findMechanism('nothing', null)).toBeUndefined()
  })
})
