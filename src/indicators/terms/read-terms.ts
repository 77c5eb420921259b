import { foldName } from '#territory/model'
import { readPackage, type PackageThing } from '../exchange/things/read-package.ts'
import type { Fault } from '../rules.ts'
import { Dimension, TermRecord, type Frequency, type Names, type TermUsual } from '../model.ts'

/** One thing of a package: what it would be with us, or why it cannot be; `row` counts through the package. */
export type PackageTerm = { row: number; name: string } & ({ record: TermRecord } | { fault: Fault })

/** What is known beside the package: dimensions there are, and what its bringer said of what it leaves open. */
export type PackageKnowledge = { usual: TermUsual; dimensions: readonly Dimension[]; document: string }

const frequencies: Readonly<Record<string, Frequency>> = {
  ...{ Monthly: 'month', Quarterly: 'quarter', SixMonthly: 'half-year', Yearly: 'year' },
}
/** Kinds of value that are counted or measured. */
const counted = /^(NUMBER|INTEGER|INTEGER_POSITIVE|INTEGER_NEGATIVE|INTEGER_ZERO_OR_POSITIVE|PERCENTAGE|UNIT_INTERVAL)$/
/** Numbers, elements and sums of elements: no other expression is read. */
const readable = /^[\s(]*(-?\d+(\.\d+)?|#\{[A-Za-z0-9.*]+\}([\s)]*\+[\s(]*#\{[A-Za-z0-9.*]+\})*)[\s)]*$/
const isConstant = /^\s*-?\d+(\.\d+)?\s*$/

/**
 * Indicators, elements and categories of a package of metadata as measures and dimensions of ours; everything is accounted for.
 * @throws invalid as `readPackage`
 */
export function readTerms(bytes: Uint8Array, known: PackageKnowledge): PackageTerm[] {
  const { things, problems } = readPackage(bytes)
  const dimensions = dimensionsOf(things, known)
  const rhythms = rhythmsOf(things)
  const types = new Map(
    things.flatMap(({ list, fields }) => (list === 'indicatorTypes' ? [[fields.id, fields.factor]] : [])),
  )
  let row = 0
  const told = things.flatMap((thing): PackageTerm[] => {
    const name = thing.fields.name ?? thing.fields.code ?? thing.fields.id ?? ''
    const at = () => ({ row: ++row, name })
    switch (thing.list) {
      case 'indicators': {
        const factor = types.get(thing.fields.indicatorType?.id ?? '') ?? 1
        return [{ ...at(), ...indicatorTerm(thing, { known, factor }) }]
      }
      case 'dataElements': {
        const frequency = rhythms.get(thing.fields.id ?? '')
        const by = dimensions.ofCombo(thing.fields.categoryCombo?.id)
        return [{ ...at(), ...elementTerm(thing, { known, frequency, by }) }]
      }
      case 'categories': {
        const found = dimensions.of(thing)
        if (found === undefined) return []
        return [{ ...at(), ...found }]
      }
      default:
        return []
    }
  })
  const unread = problems
    .filter(({ list }) => /^(indicators|dataElements|categories)$/.test(list))
    .map(({ name, code }): PackageTerm => ({ row: ++row, name: name ?? '', fault: { code, params: {} } }))
  return [...told, ...unread]
}

const fault = (code: string, params: Fault['params'] = {}): { fault: Fault } => ({
  fault: { code: `indicators.${code}`, params },
})

/** A code as ours are written: `TA_GEN_EXT` is `ta-gen-ext`. */
function codeOf({ fields }: PackageThing): string {
  return foldName((fields.code ?? fields.id ?? fields.name ?? '').replaceAll('_', ' ')).replace(/[^a-z0-9.]+/g, '-')
}

function namesOf({ fields }: PackageThing, words = fields.name ?? '', property = 'NAME'): Names {
  const said = (language: string) =>
    fields.translations.find((one) => one.property === property && one.locale.slice(0, 2) === language)?.value ?? words
  return { vi: said('vi'), en: said('en'), fr: said('fr') }
}

const same = (words: string): Names => ({ vi: words, en: words, fr: words })

type Of = { known: PackageKnowledge }

function indicatorTerm(thing: PackageThing, { known, factor }: Of & { factor: number }) {
  const { fields } = thing
  const [numerator, denominator] = [fields.numerator ?? '', fields.denominator ?? '']
  if (!readable.test(numerator)) return fault('term-expression', { expression: numerator.slice(0, 100) })
  if (!readable.test(denominator)) return fault('term-expression', { expression: denominator.slice(0, 100) })
  // A denominator of 1 is how a plain number is written there; -1 stands where an installation has not said it yet.
  const isPlain = isConstant.test(denominator) && Number(denominator) > 0
  const parts = { numerator: fields.numeratorDescription, denominator: fields.denominatorDescription }
  if (!isPlain && (parts.numerator === '' || parts.denominator === '')) return fault('term-parts-unsaid')
  const { frequency } = known.usual
  if (frequency === undefined) return fault('term-no-rhythm')
  return termOf(thing, {
    ...{ known, frequency, by: [] },
    measure: {
      ...(isPlain
        ? { aggregation: 'sum', factor: 1, isShare: false, numerator: null, denominator: null }
        : {
            ...{ aggregation: 'ratio', factor, isShare: factor === 100 },
            ...{ numerator: same(parts.numerator), denominator: same(parts.denominator) },
          }),
      unitOfMeasure: same(!isPlain && factor === 100 ? '%' : isPlain ? '' : `/ ${factor}`),
    },
  })
}

function elementTerm(thing: PackageThing, of: Of & { frequency: Frequency | null | undefined; by: readonly string[] }) {
  const { fields } = thing
  if (fields.domainType === 'TRACKER') return fault('term-of-tracker')
  if (!counted.test(fields.valueType ?? '')) return fault('term-not-counted', { type: fields.valueType ?? '' })
  if (of.frequency === null) return fault('term-rhythm-unknown')
  const frequency = of.frequency ?? of.known.usual.frequency
  if (frequency === undefined) return fault('term-no-rhythm')
  const rules: Readonly<Record<string, string>> = {
    SUM: 'sum',
    LAST: 'last',
    LAST_AVERAGE_ORG_UNIT: 'last',
    NONE: 'none',
  }
  const aggregation = rules[fields.aggregationType ?? 'SUM']
  if (aggregation === undefined) return fault('term-aggregation', { rule: fields.aggregationType ?? '' })
  return termOf(thing, {
    ...{ known: of.known, frequency, by: of.by },
    measure: {
      ...{ aggregation, factor: 1, isShare: false, numerator: null, denominator: null },
      unitOfMeasure: same(fields.valueType === 'PERCENTAGE' ? '%' : ''),
    },
  })
}

type Making = Of & { frequency: Frequency; by: readonly string[]; measure: Record<string, unknown> }

function termOf(
  thing: PackageThing,
  { known, frequency, by, measure }: Making,
): { record: TermRecord } | { fault: Fault } {
  const { function: field, level } = known.usual
  if (field === undefined || level === undefined) return fault('term-unsaid')
  const code = codeOf(thing)
  const { description } = thing.fields
  const parsed = TermRecord.safeParse({
    kind: 'measure',
    indicator: {
      ...{ code, names: namesOf(thing), aspect: 'outcome', ages: null, remark: null },
      definition: description === '' ? null : namesOf(thing, description, 'DESCRIPTION'),
      source: { document: known.document, item: thing.fields.code ?? thing.fields.id ?? '' },
    },
    measure: {
      ...{ code, names: namesOf(thing), direction: 'up', level, function: field, dueDays: 30 },
      ...measure,
      periods: [{ calendar: '', frequency }],
      breakdowns: by.map((dimension) => ({ dimension, calendar: '', frequency, everyYears: 1 })),
    },
  })
  return parsed.success ? { record: parsed.data } : fault('package-wrong-field')
}

/** Of elements that stand in forms: the shortest of their rhythms; null where none of theirs is one of ours. */
function rhythmsOf(things: readonly PackageThing[]): Map<string, Frequency | null> {
  const order = Object.values(frequencies)
  const rhythms = new Map<string, Frequency | null>()
  for (const { list, fields } of things) {
    if (list !== 'dataSets') continue
    const rhythm = frequencies[fields.periodType ?? ''] ?? null
    for (const { dataElement } of fields.dataSetElements ?? []) {
      const before = rhythms.get(dataElement.id)
      const isShorter = rhythm !== null && (before == null || order.indexOf(rhythm) < order.indexOf(before))
      if (before === undefined || isShorter) rhythms.set(dataElement.id, rhythm)
    }
  }
  return rhythms
}

/** Categories as dimensions: those that have the values of one of ours are that one. */
function dimensionsOf(things: readonly PackageThing[], { dimensions }: PackageKnowledge) {
  const options = new Map(
    things.flatMap((one) => (one.list === 'categoryOptions' ? [[one.fields.id, one] as const] : [])),
  )
  const found = new Map<string, string>()
  const made = new Map<PackageThing, { record: TermRecord } | { fault: Fault }>()
  for (const thing of things) {
    if (thing.list !== 'categories' || thing.fields.name === 'default') continue
    const values = (thing.fields.categoryOptions ?? []).flatMap(({ id }) => options.get(id) ?? [])
    const names = new Set(values.map(({ fields }) => foldName(fields.name ?? '')))
    const ours = dimensions.find(
      (one) =>
        one.values.length === names.size &&
        one.values.every((value) => Object.values(value.names).some((name) => names.has(foldName(name)))),
    )
    const code = ours?.code ?? codeOf(thing)
    const read =
      ours === undefined
        ? Dimension.safeParse({
            ...{ code, names: namesOf(thing) },
            values: values.map((value) => ({ code: codeOf(value), names: namesOf(value) })),
          })
        : { success: true as const, data: ours }
    if (read.success) found.set(thing.fields.id ?? '', code)
    made.set(thing, read.success ? { record: { kind: 'dimension', dimension: read.data } } : fault('term-few-options'))
  }
  const combos = new Map(
    things.flatMap((one) =>
      one.list === 'categoryCombos' ? [[one.fields.id, one.fields.categories ?? []] as const] : [],
    ),
  )
  return {
    of: (thing: PackageThing) => made.get(thing),
    ofCombo: (id: string | undefined) =>
      (combos.get(id ?? '') ?? []).flatMap((category) => found.get(category.id) ?? []),
  }
}
