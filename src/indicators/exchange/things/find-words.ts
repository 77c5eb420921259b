import { foldName, similarity } from '#territory/model'
import type { CodeKind, FigurePart, MeaningFoundBy } from '../../model.ts'
import { elementCode, partsOf, type Things } from '../dhis2/dictionary.ts'
import { likeEnough, mostFound } from './find-units.ts'
import type { Detail } from './things-of-package.ts'

export type AskedWord = { kind: Exclude<CodeKind, 'unit'>; code: string | null; name: string | null; detail: Detail }
export type FoundWord = {
  by: MeaningFoundBy
  measureId: string | null
  part: FigurePart | null
  breakdown: string | null
}

type Candidate = { codes: string[]; names: string[]; means: Omit<FoundWord, 'by'> }

/** The surest first. */
const order: readonly MeaningFoundBy[] = ['code', 'name', 'bare-name', 'like-name', 'rhythm']
const rhythms = new Set(['Monthly', 'Quarterly', 'SixMonthly', 'Yearly'])
const whole: Omit<FoundWord, 'by'> = { measureId: null, part: null, breakdown: '' }

/** Makes the function that finds measures, breakdowns and rhythms of ours for things of another system, in any language we have words in. */
export function openWordFinder({ measures, dimensions }: Things): (asked: AskedWord) => FoundWord[] {
  const elements = measures.flatMap((measure): Candidate[] =>
    partsOf(measure).map((part) => ({
      codes: [elementCode(measure.code, part), ...(part === 'denominator' ? [] : [measure.code])],
      names: Object.values(measure.names),
      means: { measureId: measure.id, part, breakdown: null },
    })),
  )
  const values = dimensions.flatMap(({ code, values: own }) =>
    own.map((value): Candidate => {
      const breakdown = `${code}=${value.code}`
      const names = Object.values(value.names)
      return { codes: [value.code, breakdown], names, means: { measureId: null, part: null, breakdown } }
    }),
  )
  return ({ kind, code, name, detail }) => {
    if (kind === 'data-set')
      return rhythms.has(detail.rhythm ?? '') ? [{ by: 'rhythm', measureId: null, part: null, breakdown: null }] : []
    if (kind === 'element') return find(elements, { code, name })
    if (code === 'default' || name === 'default') return [{ by: 'code', ...whole }]
    const parts = (detail.options ?? []).map((option) => find(values, option)[0])
    const joined = parts.length < 2 ? undefined : join(parts)
    return once([...(joined === undefined ? [] : [joined]), ...find(values, { code, name })])
  }

  /** Options that are each a value of another of our dimensions are one breakdown together. */
  function join(parts: readonly (FoundWord | undefined)[]): FoundWord | undefined {
    const said = parts.flatMap((part) => part?.breakdown ?? [])
    const byDimension = new Map(said.map((breakdown) => [breakdown.split('=')[0] ?? '', breakdown]))
    if (said.length < parts.length || byDimension.size < parts.length) return undefined
    const by = order.findLast((one) => parts.some((part) => part?.by === one)) ?? 'like-name'
    const breakdown = dimensions.flatMap(({ code }) => byDimension.get(code) ?? []).join(';')
    return { by, measureId: null, part: null, breakdown }
  }
}

function find(candidates: readonly Candidate[], asked: { code: string | null; name: string | null }): FoundWord[] {
  const code = asked.code?.toLowerCase()
  const said = asked.name?.normalize('NFC').trim().toLowerCase()
  const folded = foldName(asked.name ?? '')
  const found = candidates.flatMap(({ codes, names, means }): FoundWord[] => {
    const likeness = folded === '' ? 0 : Math.max(0, ...names.map((own) => likenessOf(folded, foldName(own))))
    const by =
      code !== undefined && codes.some((own) => own.toLowerCase() === code)
        ? 'code'
        : said !== undefined && names.some((own) => own.normalize('NFC').toLowerCase() === said)
          ? 'name'
          : likeness === 1
            ? 'bare-name'
            : likeness >= likeEnough
              ? 'like-name'
              : undefined
    return by === undefined ? [] : [{ by, ...means }]
  })
  return once(found.toSorted((one, other) => order.indexOf(one.by) - order.indexOf(other.by))).slice(0, mostFound)
}

/** Names of which one is much longer are not compared letter by letter. */
function likenessOf(one: string, other: string): number {
  const [short, long] = [Math.min(one.length, other.length), Math.max(one.length, other.length)]
  return short < long * likeEnough ? 0 : similarity(one, other)
}

function once(found: readonly FoundWord[]): FoundWord[] {
  const seen = new Set<string>()
  return found.filter(({ measureId, part, breakdown }) => {
    const key = `${measureId ?? ''} ${part ?? ''} ${breakdown ?? ''}`
    return !seen.has(key) && seen.add(key) !== undefined
  })
}
