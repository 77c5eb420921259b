import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { languagesKnown, loadCatalogue } from './catalogue.ts'

const languages = languagesKnown('vi')
const loaded = await Promise.all(languages.map(async (language) => [language, await loadCatalogue(language)] as const))
const [first] = loaded

const pages = Object.entries(import.meta.glob<string>('../**/*.tsx', { eager: true, query: '?raw', import: 'default' }))
const served = import.meta.glob<Record<string, string>>('../../src/**/messages/fr.json', {
  eager: true,
  import: 'default',
})

/** The keys said in the titles that a file gives to pages, sections and dialogs. */
function keysOfTitles(source: string): string[] {
  return source
    .split(/\btitle=\{/)
    .slice(1)
    .flatMap((rest) => {
      let depth = 1
      const end = [...rest].findIndex((sign) => {
        depth += sign === '{' ? 1 : sign === '}' ? -1 : 0
        return depth === 0
      })
      return [...rest.slice(0, end).matchAll(/\bt\(\s*'([\w.-]+)'/g)].flatMap(([, key]) => key ?? [])
    })
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Names a message takes, also inside its cases. */
function argumentsOf(elements: readonly Element[]): string[] {
  const names = elements.flatMap((element) => {
    const own = 'value' in element && element.type !== 0 ? [element.value] : []
    const inner =
      'options' in element ? Object.values(element.options).flatMap((option) => argumentsOf(option.value)) : []
    return [...own, ...inner]
  })
  return [...new Set(names)].sort()
}

function parsed(text: string, language: string): readonly Element[] {
  return new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst()
}

describe('the words of the browser', () => {
  it('begin with the language of the page', () => {
    expect(languages[0]).toBe('vi')
    expect(languages.length).toBeGreaterThan(1)
  })

  it.each(loaded)('in %s are those of every other language, none empty', (_language, catalogue) => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(first?.[1] ?? {}).sort())
    expect(Object.entries(catalogue).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it.each(loaded)('in %s quote no brace by an apostrophe', (_language, catalogue) => {
    expect(Object.entries(catalogue).filter(([, text]) => /'[{}]/.test(text))).toEqual([])
  })

  it.each(loaded)('in %s can all be parsed and take the arguments the first language takes', (language, catalogue) => {
    for (const [key, text] of Object.entries(catalogue)) {
      expect(() => parsed(text, language), key).not.toThrow()
      const expected = argumentsOf(parsed(first?.[1][key] ?? '', language))
      expect({ key, takes: argumentsOf(parsed(text, language)) }).toEqual({ key, takes: expected })
    }
  })

  it.each(loaded)('in %s end in dots on buttons that ask further, never in a title', (_language, catalogue) => {
    const titles = new Set(pages.flatMap(([, source]) => keysOfTitles(source)))
    expect(titles.size).toBeGreaterThan(100)
    expect([...titles].filter((key) => catalogue[key]?.trim().endsWith('…'))).toEqual([])
  })

  it('say one thing by one word: in French a body is an organisme', () => {
    const french = loaded.find(([language]) => language === 'fr')?.[1] ?? {}
    const said = [french, ...Object.values(served)].flatMap((catalogue) => Object.entries(catalogue))
    expect(said.length).toBeGreaterThan(1000)
    // But for the treaty bodies, which the UN calls organes conventionnels.
    const ofState = said.filter(([key]) => !key.startsWith('recommendations.'))
    expect(ofState.filter(([, text]) => /\borganes?\b/i.test(text))).toEqual([])
  })
})
