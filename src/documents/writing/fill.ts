import type { OfficialLayout } from './layout.ts'

/**
 * Puts values into the `{slots}` of a country's phrase. Values are put in as they are: a brace in a value is text.
 * @throws Error when the phrase has a slot nobody gave: the country's data is wrong.
 */
export function fill(phrase: string, values: Record<string, string>): string {
  return phrase.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = values[slot]
    if (value === undefined) throw new Error(`documents: the phrase "${phrase}" asks for {${slot}}`)
    return value
  })
}

/** Text in capitals by the rules of the layout's language. */
export function capitalsOf(text: string, layout: OfficialLayout): string {
  return text.toLocaleUpperCase(layout.locale)
}
