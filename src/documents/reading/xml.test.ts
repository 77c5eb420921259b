import { describe, expect, test } from 'vitest'
import { growth, mostGrowth } from '../../../test/kit/growth.ts'
import { UnreadableDocument } from './errors.ts'
import { readXml } from './xml.ts'

function events(xml: string): string[] {
  const seen: string[] = []
  readXml(xml, {
    open: (name, attributes) =>
      seen.push(
        `<${name}${Object.entries(attributes)
          .map(([key, value]) => ` ${key}=${value}`)
          .join('')}`,
      ),
    close: (name) => seen.push(`>${name}`),
    text: (text) => seen.push(text),
  })
  return seen
}

describe('the XML reader', () => {
  test('tells elements, attributes with either quote, text, entities and character data in order', () => {
    const xml = `<?xml version="1.0"?><a x="1" y='>'><!-- no --><b/>&amp;&#273;&#x1ee9;<![CDATA[<c>]]></a>`
    expect(events(xml)).toEqual(['<a x=1 y=>', '<b', '>b', '&đứ', '<c>', '>a'])
  })

  test('leaves unknown entities as they stand, so that none expands', () => {
    expect(events('<a>&bomb;</a>')).toContain('&bomb;')
    expect(events('<a>&toString;</a>')).toContain('&toString;')
  })

  test.each([
    ['without an equals sign', (length: number) => `<a ${'b'.repeat(length)}/>`],
    ['of nothing but equals signs', (length: number) => `<a ${'b='.repeat(length)}/>`],
    ['of spaces', (length: number) => `<a b${' '.repeat(length)}c/>`],
  ])('reads a tag %s in time that grows with its length', async (_, tag) => {
    expect(events(tag(400_000))).toEqual(['<a', '>a'])
    const grown = await growth(25_000, (length) => {
      const made = tag(length)
      return () => events(made)
    })
    expect(grown).toBeLessThan(mostGrowth)
  })

  test.each([
    ['a type declaration', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
    ['an element left open', '<a><b></b>'],
    ['elements closed in the wrong order', '<a><b></a></b>'],
    ['a broken tag', '<a'],
    ['nesting without end', '<a>'.repeat(1000)],
  ])('refuses %s', (_, xml) => {
    expect(() => events(xml)).toThrow(UnreadableDocument)
  })
})
