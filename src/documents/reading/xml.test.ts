import { describe, expect, test } from 'vitest'
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
    ['without an equals sign', `<a ${'b'.repeat(400_000)}/>`],
    ['of nothing but equals signs', `<a ${'b='.repeat(400_000)}/>`],
    ['of spaces', `<a b${' '.repeat(400_000)}c/>`],
  ])('reads a tag %s in time that grows with its length', (_, xml) => {
    const begun = performance.now()
    expect(events(xml)).toEqual(['<a', '>a'])
    expect(performance.now() - begun).toBeLessThan(2000)
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
