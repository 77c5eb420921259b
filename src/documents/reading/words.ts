import { readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { z } from 'zod'

const Catalogue = z.record(z.string(), z.string())
const catalogues = new Map<string, z.infer<typeof Catalogue>>()

/** One sentence of this module's catalogue. The key itself shows when a language lacks it, so that nothing is silent. */
export function wordsOf(language: string, key: string, params: Record<string, string | number> = {}): string {
  const known = catalogues.get(language) ?? load(language)
  const words = known[key]
  return words === undefined ? key : String(new IntlMessageFormat(words, language).format(params))
}

function load(language: string): z.infer<typeof Catalogue> {
  const url = new URL(`../messages/${language}.json`, import.meta.url)
  const catalogue = Catalogue.parse(JSON.parse(readFileSync(url, 'utf8')))
  catalogues.set(language, catalogue)
  return catalogue
}
