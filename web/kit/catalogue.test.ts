import { describe, expect, it } from 'vitest'
import { mergeCatalogues, sayer } from './catalogue.ts'

describe('catalogues', () => {
  it('of all modules become one', () => {
    const merged = mergeCatalogues([
      ['a', { 'a.one': 'Một' }],
      ['b', { 'b.two': 'Hai' }],
    ])
    expect(merged).toEqual({ 'a.one': 'Một', 'b.two': 'Hai' })
  })

  it('may not say one key in two ways', () => {
    const files = [['src/plans', { 'plans.x': 'Một' }] as const, ['web/plans', { 'plans.x': 'Hai' }] as const]
    expect(() => mergeCatalogues(files)).toThrow('src/plans and in web/plans')
  })
})

describe('saying a message', () => {
  const catalogue = {
    'kit.locale': 'fr-FR',
    'a.plain': 'Oui <b>brut</b>',
    'a.count': '{count, plural, one {# plan} many {# de plans} other {# plans}}',
  }

  it('counts as the language counts', () => {
    const t = sayer(catalogue, 'fr', true)
    expect([0, 1, 2].map((count) => t('a.count', { count }))).toEqual(['0 plan', '1 plan', '2 plans'])
  })

  it('leaves angle brackets alone: words are never markup', () => {
    expect(sayer(catalogue, 'fr', true)('a.plain', { x: 1 })).toBe('Oui <b>brut</b>')
  })

  it('fails on a missing key in development, and shows the key to a reader', () => {
    expect(() => sayer(catalogue, 'fr', true)('a.absent')).toThrow('No message a.absent in fr')
    expect(sayer(catalogue, 'fr', false)('a.absent')).toBe('a.absent')
  })
})
