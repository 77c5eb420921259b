import { IntlMessageFormat } from 'intl-messageformat'

/** Flat keys `module.what-is-said` to ICU text. */
export type Catalogue = Readonly<Record<string, string>>
export type Values = Readonly<Record<string, string | number | boolean | null | undefined>>
export type Say = (key: string, values?: Values) => string

/**
 * Puts the catalogues of all modules into one.
 *
 * @param files pairs of path and catalogue
 * @throws Error when two files give the same key different text, naming both
 */
export function mergeCatalogues(files: ReadonlyArray<readonly [string, Catalogue]>): Catalogue {
  const all: Record<string, string> = {}
  const from: Record<string, string> = {}
  for (const [path, catalogue] of files) {
    for (const [key, text] of Object.entries(catalogue)) {
      if (key in all && all[key] !== text) throw new Error(`Message ${key} is in ${from[key]} and in ${path}`)
      all[key] = text
      from[key] = path
    }
  }
  return all
}

/** The locale of dates and numbers is itself a message: `kit.locale`. */
export function localeOf(catalogue: Catalogue, language: string): string {
  return catalogue['kit.locale'] ?? language
}

/**
 * Makes the function that says a message by its key.
 *
 * @param strict in development and tests a missing key is an error; for a reader it shows the key and the page lives on
 */
export function sayer(catalogue: Catalogue, language: string, strict: boolean): Say {
  const parsed = new Map<string, IntlMessageFormat>()
  const locale = localeOf(catalogue, language)
  return function say(key, values) {
    const text = catalogue[key]
    if (text === undefined) {
      if (strict) throw new Error(`No message ${key} in ${language}`)
      return key
    }
    if (!values && !text.includes('{') && !text.includes("'")) return text
    let message = parsed.get(key)
    if (!message) {
      message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
      parsed.set(key, message)
    }
    return String(message.format(values ? { ...values } : undefined))
  }
}
