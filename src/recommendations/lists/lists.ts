import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { Language, type LocalizedText } from '#platform/model'
import { foldName } from '#territory/model'
import { MechanismKind, type TermScheme } from '../model.ts'

/** A mechanism of the code list; `symbols`: how the symbols of its documents begin. */
export type ListedMechanism = {
  code: string
  kind: MechanismKind
  names: LocalizedText
  aliases: string[]
  symbols: string | null
}
/** A term of a code list. Numbers are never given anew: records keep them. */
export type ListedTerm = {
  number: number
  scheme: TermScheme
  code: string
  above: number | null
  names: LocalizedText
  aliases: string[]
}

const MechanismRow = z.tuple([
  z.string(),
  MechanismKind,
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.string().nullable(),
])
const TermRow = z.tuple([
  z.number().int(),
  z.string(),
  z.number().int().nullable(),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
])
const StateRow = z.tuple([z.string().length(3), z.string().length(2), z.string()]).rest(z.string())

const LimitRow = z.tuple([z.string(), z.number().int(), z.string(), z.string(), z.string()])

function rowsOf<T>(file: string, row: z.ZodType<T>): T[] {
  return z.array(row).parse(JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')))
}

/** The bodies and procedures that recommend. */
export const listedMechanisms: readonly ListedMechanism[] = rowsOf('mechanisms.json', MechanismRow).map(
  ([code, kind, vi, en, fr, aliases, symbols]) => ({ code, kind, names: { vi, en, fr }, aliases, symbols }),
)

/** @source CRC/C/58/Rev.3 (clusters), the Convention's articles, the goals and targets of 2030, the labels of the UN human rights office */
export const listedTerms: readonly ListedTerm[] = (
  [
    ['cluster', 'clusters.json'],
    ['article', 'articles.json'],
    ['sdg', 'sdg.json'],
    ['group', 'groups.json'],
    ['theme', 'themes.json'],
  ] as const
).flatMap(([scheme, file]) =>
  rowsOf(file, TermRow).map(([number, code, above, vi, en, fr, aliases]) => ({
    number,
    scheme,
    code,
    above,
    names: { vi, en, fr },
    aliases,
  })),
)

/** The clusters of the Convention in their order, by which reports to its Committee are organised. @source CRC/C/58/Rev.3 */
export const treatyClusters: readonly ListedTerm[] = listedTerms.filter(
  ({ scheme, above }) => scheme === 'cluster' && above === null,
)

const clusterOfArticle = new Map(
  listedTerms
    .filter(({ scheme }) => scheme === 'article')
    .map(({ code, above }) => [code, treatyClusters.find(({ number }) => number === above)?.code] as const),
)

/** The right to life, which nearly everything touches: it decides only where nothing else does. */
const broadest = '6'

/**
 * The cluster under which what tells of these articles of the Convention is reported: that of the first, of article 6 last. Articles of several clusters stand in one.
 * @source CRC/C/58/Rev.3
 */
export function clusterOfArticles(articles: readonly string[]): string | null {
  const order = [...articles.filter((one) => one !== broadest), broadest]
  return (
    order
      .filter((one) => articles.includes(one))
      .map((one) => clusterOfArticle.get(one))
      .find((one) => one !== undefined) ?? null
  )
}

/** How many words documents of a State may have. @source A/RES/68/268 paras 15-16; A/HRC/PRST/8/1 as applied since; CRC/C/VNM/Q/5-6 (replies) */
export const wordLimits: readonly { code: string; words: number; names: LocalizedText }[] = rowsOf(
  'word-limits.json',
  LimitRow,
).map(([code, words, vi, en, fr]) => ({ code, words, names: { vi, en, fr } }))

const states = rowsOf('states.json', StateRow)
const stateNames = new Map(states.map(([alpha3, , name]) => [alpha3, name]))

/** The name by which the UN calls a State, from its three letters; undefined where there is none. */
export function stateOfCode(alpha3: string): string | undefined {
  return stateNames.get(alpha3)
}

/** A name as it is compared: what stands in brackets or behind a comma, "the", "and" are the style of a list. */
function stateKey(name: string): string {
  return foldName(name.replace(/\s*(?:\([^)]*\)|,.*$)/gu, ''))
    .replace(/\b(?:and|et|the|saint|st|sint)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

/** States and territories as the UN names them, named them before, and as each language of ours does. */
function knownStateKeys(): Set<string> {
  const keys = new Set(states.flatMap(([, , ...names]) => names.map(stateKey)))
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noRegion.test(code))
  for (const language of Language.options)
    for (const style of ['long', 'short'] as const) {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none', style })
      for (const name of codes.flatMap((code) => names.of(code) ?? [])) keys.add(stateKey(name))
    }
  return keys
}
/** Codes that stand for no place: kept for tests, or unknown. */
const noRegion = /^(?:X[AB]|ZZ|Q[A-Z])$/
let stateKeys: ReadonlySet<string> | undefined
const seenStates = new Map<string, boolean>()

/** Whether a name is that of a State or territory, in whatever of our languages. */
export function isStateName(name: string): boolean {
  const before = seenStates.get(name)
  if (before !== undefined) return before
  stateKeys ??= knownStateKeys()
  const key = stateKey(name)
  const isKnown = key !== '' && stateKeys.has(key)
  if (seenStates.size < 5000) seenStates.set(name, isKnown)
  return isKnown
}

/** Labels are written with "and" or "&", with more or fewer spaces and capitals. */
function labelKey(label: string): string {
  return foldName(label)
    .replace(/\b(?:and|et)\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
}

const byLabel = new Map<string, number>()
for (const { scheme, number, code, names, aliases } of listedTerms)
  for (const label of [code, ...Object.values(names), ...aliases]) {
    const key = `${scheme} ${labelKey(label)}`
    if (!byLabel.has(key)) byLabel.set(key, number)
  }
const byCode = new Map(listedTerms.map(({ scheme, code, number }) => [`${scheme} ${code.toLowerCase()}`, number]))
const seen = new Map<string, number | null>()

/** The number of a term by its label in any language, or its code; undefined where nobody knows it. */
export function findTerm(scheme: TermScheme, label: string): number | undefined {
  const key = `${scheme} ${label}`
  const before = seen.get(key)
  if (before !== undefined) return before ?? undefined
  const found = lookUp(scheme, label)
  if (seen.size < 5000) seen.set(key, found ?? null)
  return found
}

function lookUp(scheme: TermScheme, label: string): number | undefined {
  const words = label
    .normalize('NFC')
    .replace(/^[\s–-]+/u, '')
    .trim()
  if (words === '') return undefined
  if (scheme === 'sdg') {
    const code = /^(?:SDG|ODD|MTPTBV)?\s*(?<code>\d{1,2}(?:\.[0-9a-z]{1,2})?)\b/iu.exec(words)?.groups?.code
    if (code !== undefined) return byCode.get(`sdg ${code.toLowerCase()}`)
  }
  return byCode.get(`${scheme} ${words.toLowerCase()}`) ?? byLabel.get(`${scheme} ${labelKey(words)}`)
}

const mechanismByName = new Map(
  listedMechanisms.flatMap(({ code, names, aliases }) =>
    [code, ...Object.values(names), ...aliases].map((name) => [foldName(name), code] as const),
  ),
)
/** Mandates of special procedures are many: they are told by how their names begin. */
const specialProcedure =
  /^(?:special (?:rapporteur|procedure|representative)|sr |working group|wg |independent expert|ie )/

/** The mechanism that a body's name means, or the symbol of its document; undefined where neither says. */
export function findMechanism(body: string, symbol: string | null): string | undefined {
  const name = foldName(body)
  const named = mechanismByName.get(name)
  if (named !== undefined) return named
  const sign = symbol?.toUpperCase() ?? ''
  const ofSymbol = listedMechanisms.find(({ symbols }) => symbols !== null && sign.startsWith(symbols))
  if (ofSymbol !== undefined) return ofSymbol.code
  return specialProcedure.test(`${name} `) ? 'sp' : undefined
}

const numbersOf = Map.groupBy(listedTerms, ({ scheme }) => scheme)

/** The numbers of all terms of a listed scheme. */
export function termNumbers(scheme: TermScheme): number[] {
  return (numbersOf.get(scheme) ?? []).map(({ number }) => number)
}
