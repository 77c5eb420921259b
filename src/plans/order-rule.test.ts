import { describe, expect, test } from 'vitest'
import type { AgencyLevel } from '#agencies/model'
import type { NodeInput, OrderFault } from './model.ts'
import { changesBetween, orderFault, type OrderFacts } from './rules.ts'

describe('who may be given lead or support', () => {
  const ministry = { level: 'central', isExecutive: true, governs: true } as const
  const province = { level: 'province', isExecutive: true, governs: true } as const
  const office = { level: 'province', isExecutive: true, governs: false } as const
  const commune = { level: 'commune', isExecutive: true, governs: true } as const
  const court = { level: 'central', isExecutive: false, governs: false } as const
  const at = (level: AgencyLevel, isExecutive = true) => ({ level, isExecutive })
  const line = { isInLine: true, isAbove: false, isOnGround: true }
  const here = { isInLine: false, isAbove: false, isOnGround: true }
  const there = { isInLine: false, isAbove: false, isOnGround: false }
  const over = { isInLine: false, isAbove: true, isOnGround: false }
  test.each<[string, OrderFacts, OrderFault | null]>([
    ['a province orders its offices', { ...line, issuer: province, body: at('province') }, null],
    ['a province orders its communes', { ...line, issuer: province, body: at('commune') }, null],
    ['a province orders the police on its ground', { ...here, issuer: province, body: at('province') }, null],
    [
      'a province requests the court on its ground',
      { ...here, issuer: province, body: at('province', false) },
      'not-executive',
    ],
    ['a province requests another province', { ...there, issuer: province, body: at('province') }, 'elsewhere'],
    [
      'a province requests an office of another province',
      { ...there, issuer: province, body: at('province') },
      'elsewhere',
    ],
    [
      'a province requests a commune of another province',
      { ...there, issuer: province, body: at('commune') },
      'elsewhere',
    ],
    ['a province requests a ministry', { ...there, issuer: province, body: at('central') }, 'above'],
    ['a commune orders itself', { ...line, issuer: commune, body: at('commune') }, null],
    ['a commune requests its province', { ...over, issuer: commune, body: at('province') }, 'above'],
    ['a commune requests an office of its province', { ...there, issuer: commune, body: at('province') }, 'above'],
    ['a commune requests a ministry', { ...there, issuer: commune, body: at('central') }, 'above'],
    ['a commune requests the commune beside it', { ...there, issuer: commune, body: at('commune') }, 'elsewhere'],
    ['the ministry of the field orders another ministry', { ...here, issuer: ministry, body: at('central') }, null],
    ['the ministry of the field orders a province', { ...here, issuer: ministry, body: at('province') }, null],
    ['the ministry of the field orders a commune', { ...here, issuer: ministry, body: at('commune') }, null],
    [
      'the ministry of the field requests the government',
      { ...here, isAbove: true, issuer: ministry, body: at('central') },
      'above',
    ],
    [
      'the ministry of the field requests the supreme court',
      { ...here, issuer: ministry, body: at('central', false) },
      'not-executive',
    ],
    [
      'a ministry of another field requests its like',
      { ...here, issuer: { ...ministry, governs: false }, body: at('central') },
      'beside',
    ],
    ['an office requests the office beside it', { ...here, issuer: office, body: at('province') }, 'beside'],
    ['an office requests its province', { ...here, isAbove: true, issuer: office, body: at('province') }, 'above'],
    ['a court orders the courts under it', { ...line, issuer: court, body: at('province', false) }, null],
    ['a court requests a ministry', { ...here, issuer: court, body: at('central') }, 'not-executive'],
  ])('%s', (_name, facts, fault) => {
    expect(orderFault(facts)).toBe(fault)
  })
})

describe('what a document made of the one before it', () => {
  const node = (key: string, over: Partial<NodeInput> = {}): NodeInput => ({
    key,
    parentKey: null,
    kind: 'task',
    path: '1',
    text: `Do ${key}`,
    output: null,
    funding: null,
    time: null,
    duties: [],
    source: null,
    programmes: [],
    bases: [],
    ...over,
  })
  const before = [node('a'), node('b'), node('c', { programmes: ['x', 'y'] })]
  test('is nothing when all is said as before, in whatever order links stand', () => {
    const after = [node('a'), node('b'), node('c', { programmes: ['y', 'x'] })]
    expect(changesBetween(before, after)).toEqual({ added: [], removed: [], changed: [] })
  })

  test('names what came, what went, and what is said otherwise with its parts', () => {
    const duty = { kind: 'lead' as const, raw: 'Office', addressedId: null, classCode: 'offices' }
    const { added, removed, changed } = changesBetween(before, [
      node('a', { text: 'Do it better', duties: [duty] }),
      node('c', { programmes: ['x', 'y'], parentKey: 'a' }),
      node('d', { path: '4' }),
    ])
    expect(added).toEqual([{ nodeId: 'd', kind: 'task', path: '4', text: 'Do d' }])
    expect(removed.map((one) => one.nodeId)).toEqual(['b'])
    expect(changed.map((one) => [one.nodeId, one.text, one.parts])).toEqual([
      ['a', 'Do it better', ['text', 'duties']],
      ['c', 'Do c', ['place']],
    ])
  })
})
