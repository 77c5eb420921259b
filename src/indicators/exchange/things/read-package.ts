import { z } from 'zod'
import { invalid } from '#platform'
import { packageLimits } from '../../model.ts'

/** A thing of a package as DHIS2 writes it, with the number it bears in its list; what we do not know is left alone. */
export type PackageThing = { list: string; number: number; fields: Fields }
type Fields = z.infer<typeof Listed>

/** What of a package could not be read, and why. */
export type PackageProblem = { list: string; number: number; name: string | null; code: string }

export type Package = { things: PackageThing[]; problems: PackageProblem[] }

/** Lists that are read, in the order in which what stands in one is asked of another. */
const readLists = [
  'categoryOptions',
  'categories',
  'categoryCombos',
  'categoryOptionCombos',
  'organisationUnits',
  'dataElements',
  'indicatorTypes',
  'indicators',
  'dataSets',
] as const

const short = z.string().trim().min(1).max(250)
const Name = short.nullish().transform((said) => said?.normalize('NFC') ?? null)
const Ref = z.object({ id: short })
const Words = z
  .string()
  .nullish()
  .transform((said) => said?.normalize('NFC').trim().slice(0, 4000) ?? '')

/** What is read of any of them. */
const Listed = z.object({
  id: Name,
  code: Name,
  name: Name,
  description: Words,
  translations: z
    .array(z.object({ locale: z.string(), property: z.string(), value: z.string().max(4000) }))
    .catch([])
    .default([]),
  parent: Ref.nullish(),
  geometry: z.unknown().optional(),
  categoryOptions: z.array(Ref).nullish(),
  categories: z.array(Ref).nullish(),
  categoryCombo: Ref.nullish(),
  periodType: z.string().max(60).nullish(),
  valueType: z.string().max(60).nullish(),
  domainType: z.string().max(60).nullish(),
  aggregationType: z.string().max(60).nullish(),
  dataSetElements: z.array(z.object({ dataElement: Ref })).nullish(),
  indicatorType: Ref.nullish(),
  factor: z.number().nullish(),
  numerator: z.union([z.string(), z.number().transform(String)]).nullish(),
  denominator: z.union([z.string(), z.number().transform(String)]).nullish(),
  numeratorDescription: Words,
  denominatorDescription: Words,
})

/**
 * Reads a package of metadata as DHIS2 exports it. What is wrong in one thing is said of that thing; the others are taken.
 *
 * @throws invalid `indicators.package-encoding`, `indicators.package-unreadable`, `indicators.package-not-one`, `indicators.package-too-many`
 */
export function readPackage(bytes: Uint8Array): Package {
  const lists = listsOf(parsed(textOf(bytes)))
  const things: PackageThing[] = []
  const problems: PackageProblem[] = []
  for (const { list, items } of lists) {
    const seen = new Set<string>()
    for (const [at, item] of items.entries()) {
      const read = Listed.safeParse(item)
      const key = read.data?.id ?? read.data?.code ?? read.data?.name ?? null
      const refuse = (code: string) => problems.push({ list, number: at + 1, name: nameOf(item), code })
      if (!read.success) refuse('indicators.package-wrong-field')
      else if (key === null) refuse('indicators.package-without-id')
      else if (seen.has(key)) refuse('indicators.package-twice')
      else {
        seen.add(key)
        things.push({ list, number: at + 1, fields: read.data })
      }
    }
  }
  return { things, problems }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const problem = invalid('indicators.package-encoding')
    problem.cause = cause
    throw problem
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const problem = invalid('indicators.package-unreadable', { letters: text.length })
    problem.cause = cause
    throw problem
  }
}

function listsOf(whole: unknown): { list: string; items: unknown[] }[] {
  const fields = z.record(z.string(), z.unknown()).safeParse(whole)
  const lists = readLists.flatMap((list) => {
    const items = fields.data?.[list]
    return Array.isArray(items) ? [{ list, items: items as unknown[] }] : []
  })
  const count = lists.reduce((sum, { items }) => sum + items.length, 0)
  if (count === 0) throw invalid('indicators.package-not-one')
  if (count > packageLimits.things) throw invalid('indicators.package-too-many', { count, most: packageLimits.things })
  return lists
}

function nameOf(item: unknown): string | null {
  const said = z.object({ name: z.string().optional(), id: z.string().optional() }).safeParse(item)
  return (said.data?.name ?? said.data?.id)?.slice(0, 100) ?? null
}

/** Ids of units whose line upwards runs in a circle, or leads to one. */
export function inCircles(parents: ReadonlyMap<string, string | undefined>): Set<string> {
  const isSound = new Set<string>()
  const circling = new Set<string>()
  for (const start of parents.keys()) {
    const line = new Set<string>()
    let at: string | undefined = start
    while (at !== undefined && !line.has(at) && !isSound.has(at) && !circling.has(at)) {
      line.add(at)
      at = parents.get(at)
    }
    const isCircle = at !== undefined && !isSound.has(at)
    for (const one of line) (isCircle ? circling : isSound).add(one)
  }
  return circling
}
