import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { anchorsOf, brokenLinks, linksOf } from '../check/links.ts'
import { faultsBetween, faultsOfFolder } from '../check/messages.ts'
import { scratchDirectory } from '../kit/children.ts'

const scratch = scratchDirectory()
afterAll(() => scratch.remove())

let folders = 0
function catalogues(texts: Record<string, Record<string, string>>): string {
  const folder = path.join(scratch.path, String(folders++))
  mkdirSync(folder)
  for (const [language, messages] of Object.entries(texts))
    writeFileSync(path.join(folder, `${language}.json`), JSON.stringify(messages))
  return folder
}

describe('catalogues of messages', () => {
  test('that say the same things with the same arguments are complete', () => {
    const folder = catalogues({
      vi: { late: '{count, number} việc quá hạn', who: '{kind, select, a {Một} other {Khác}}' },
      en: { late: '{count, plural, one {# late} other {# are late}}', who: '{kind, select, a {One} other {Other}}' },
      fr: { late: '{count, number} en retard', who: '{kind, select, a {Un} other {Autre}}' },
    })
    expect(faultsOfFolder(folder)).toEqual([])
  })

  test.each([
    ['a key is missing', { vi: { a: 'x', b: 'y' }, en: { a: 'x' }, fr: { a: 'x', b: 'y' } }, 'b: missing in en'],
    ['a text is empty', { vi: { a: 'x' }, en: { a: ' ' }, fr: { a: 'x' } }, 'a: missing in en'],
    [
      'an argument has another name',
      { vi: { a: '{n, number}' }, en: { a: '{m, number}' }, fr: { a: '{n, number}' } },
      'arguments differ',
    ],
    [
      'a choice is missing',
      {
        vi: { a: '{k, select, x {1} other {2}}' },
        en: { a: '{k, select, other {2}}' },
        fr: { a: '{k, select, x {1} other {2}}' },
      },
      'arguments differ',
    ],
    ['a message cannot be read', { vi: { a: '{n' }, en: { a: 'x' }, fr: { a: 'x' } }, 'not a message'],
    ['a language is missing', { vi: { a: 'x' }, en: { a: 'x' } }, 'fr.json is missing'],
  ])('are faulty when %s', (_, texts, fault) => {
    expect(faultsOfFolder(catalogues(texts)).join('\n')).toContain(fault)
  })

  test('two folders with other words for one key', () => {
    const [one, other, third] = ['Một', 'Hai', 'Hai'].map((text) => catalogues({ vi: { 'a.b': text } }))
    expect(faultsBetween([other ?? '', third ?? ''])).toEqual([])
    expect(faultsBetween([one ?? '', other ?? '']).join()).toContain('a.b: said otherwise')
  })
})

describe('links in documents', () => {
  test('are found in text, not in code, and not on the web', () => {
    const page =
      'See [one](a.md#top), <b>, `[code](x.md)` and [web](https://example.org).\n\n```\n[also](y.md)\n```\n[two]: b.md\n'
    expect(linksOf(page)).toEqual(['a.md#top', 'b.md'])
  })

  test('to headings follow their words, in any language', () => {
    expect(anchorsOf('# Việc của tôi\n## 1.2 Start, now!\n')).toEqual(['việc-của-tôi', '12-start-now'])
  })

  test('that lead nowhere are named', () => {
    const page = path.join(scratch.path, 'page.md')
    writeFileSync(path.join(scratch.path, 'other.md'), '# There\n')
    writeFileSync(page, '[a](other.md) [b](other.md#there) [c](other.md#gone) [d](gone.md) [e](#here)\n\n# Here\n')
    expect(brokenLinks(page)).toEqual(['other.md#gone', 'gone.md'])
  })
})
