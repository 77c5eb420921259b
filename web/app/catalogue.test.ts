import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { languagesKnown, loadCatalogue } from './catalogue.ts'

const languages = languagesKnown('vi')
const loaded = await Promise.all(languages.map(async (language) => [language, await loadCatalogue(language)] as const))
const [first] = loaded

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
})
