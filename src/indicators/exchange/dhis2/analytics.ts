import { idOfKey, Problem, type Context, type DoorAnswer, type Visit } from '#platform'
import { versionOn, type UnitKey } from '#territory/model'
import type { Calendar, Period, TotalRow } from '../../model.ts'
import { getPicture } from '../../queries/totals.ts'
import { lineOn, unitsOn } from '../../rollup/ground.ts'
import { answer, failed, type Fields } from './answers.ts'
import { openBook, type Book } from './book.ts'
import { systemOf } from './caller.ts'
import { partsOf, rhythmsOf, type MeasureThing } from './dictionary.ts'
import { ownUnitUids } from './lists.ts'
import { foreignPeriod, readForeignPeriod } from './periods.ts'
import { relativePeriods } from './relative-periods.ts'
import { uidOf } from './uid.ts'

/** As many rows as are told, and as many totals as are worked out for one question. */
const [mostRows, mostTotals] = [50_000, 2000]

/** What is asked of: a count, a rate, or how complete a form is. */
type Item = {
  id: string
  name: string
  measure: MeasureThing
  breakdown: string
  of: (row: TotalRow) => number | null
}
type Refusal = { refused: readonly [code: string, message: string] }
type Parts = { calendars: readonly Calendar[] }
type Cell = [item: string, period: string, unit: string, value: string]

/** Totals by what, when and where, from accepted figures, for whoever sees all that is in them. */
export async function tellAnalytics(visit: Visit, { calendars }: Parts): Promise<DoorAnswer> {
  const found = await visit.work({ onlyReads: true }, (ctx) => readTotals(ctx, visit, calendars))
  if ('refused' in found) return failed(visit, 409, found.refused[1], found.refused[0])
  const { rows, items, periods, units } = found
  const shown = visit.query.get('skipData') === 'true' ? [] : rows
  const names = Object.fromEntries([
    ...items.map(({ id, name }) => [id, name] as const),
    ...periods.map((name) => [name, name] as const),
    ...units.map(({ id, name }) => [id, name] as const),
  ])
  const dimensions = { dx: items.map(({ id }) => id), pe: periods, ou: units.map(({ id }) => id), co: [] }
  return answer(
    visit,
    200,
    {
      headers: [
        header('dx', 'Data', true),
        header('pe', 'Period', true),
        header('ou', 'Organisation unit', true),
        header('value', 'Value', false),
      ],
      ...(visit.query.get('skipMeta') === 'true'
        ? {}
        : {
            metaData: {
              items: Object.fromEntries(Object.entries(names).map(([id, name]) => [id, { name }])),
              ...{ dimensions, names, ...dimensions },
            },
          }),
      rows: shown as unknown as Fields[],
      ...{ width: 4, height: shown.length, headerWidth: 4 },
    },
    'grid',
  )
}

function header(name: string, column: string, meta: boolean) {
  return {
    name,
    column,
    valueType: meta ? 'TEXT' : 'NUMBER',
    type: meta ? 'java.lang.String' : 'java.lang.Double',
    hidden: false,
    meta,
  }
}

function dimensionsOf(query: URLSearchParams): Map<string, string[]> {
  const said = [...query.getAll('dimension'), ...query.getAll('filter')]
  return new Map(
    said.map((words) => [words.slice(0, words.indexOf(':')), words.slice(words.indexOf(':') + 1).split(';')]),
  )
}

type Totals = { rows: Cell[]; items: Item[]; periods: string[]; units: { id: string; name: string }[] }

async function readTotals(ctx: Context, visit: Visit, calendars: readonly Calendar[]): Promise<Totals | Refusal> {
  const asked = dimensionsOf(visit.query)
  const book = await openBook(ctx, systemOf(visit))
  const items = (asked.get('dx') ?? []).flatMap((id) => itemsOf(book, id, ctx.language))
  if (items.length === 0)
    return {
      refused: ['E7102', 'At least one data element, indicator or data set must be specified as dimension or filter'],
    }
  const words = asked.get('pe') ?? []
  if (words.length === 0) return { refused: ['E7104', 'At least one period as dimension or filter must be specified'] }
  const units = await unitsOf(ctx, book, asked.get('ou') ?? [])
  if (units.length === 0) return { refused: ['E7143', 'Org units are not defined or not accessible'] }
  const names = words.flatMap((word) => relativePeriods(word, ctx.today) ?? [word])
  const [rows, told]: [Cell[], Set<string>] = [[], new Set()]
  let totals = 0
  for (const item of items)
    for (const name of names) {
      const period = readForeignPeriod(name, {
        rhythms: rhythmsOf(item.measure, item.breakdown),
        calendars,
        calendar: null,
      })
      if (typeof period === 'string') continue
      const label = foreignPeriod(period, rhythmsOf(item.measure, item.breakdown))
      told.add(label)
      for (const unit of units) {
        if (++totals > mostTotals || rows.length >= mostRows)
          return { refused: ['E7128', `Query result set exceeded max limit: \`${mostTotals}\``] }
        const value = await valueOf(ctx, { item, period, unit, book }, calendars)
        if (value === 'hidden')
          return { refused: ['E7120', `User is not allowed to view org unit: \`${uidOf('unit', unit)}\``] }
        if (value !== null)
          rows.push([
            item.id,
            label,
            book.names.unit(unit, 'uid', ctx.today),
            rounded(value, visit.query.get('skipRounding') === 'true'),
          ])
      }
    }
  return {
    ...{ rows, items, periods: [...told] },
    units: units.map((key) => ({ id: book.names.unit(key, 'uid', ctx.today), name: nameOf(book, key, ctx.today) })),
  }
}

async function valueOf(
  ctx: Context,
  { item, period, unit }: { item: Item; period: Period; unit: UnitKey; book: Book },
  calendars: readonly Calendar[],
): Promise<number | null | 'hidden'> {
  const query = { measureId: item.measure.id, unitId: idOfKey(unit), period: period.id, breakdown: item.breakdown }
  try {
    const { total } = await getPicture(ctx, { ...query, view: 'as-is', asOf: undefined, level: 'country' }, calendars)
    return item.of(total)
  } catch (fault) {
    if (fault instanceof Problem && fault.kind === 'notFound') return 'hidden'
    throw fault
  }
}

function rounded(value: number, isExact: boolean): string {
  return String(isExact ? value : Number(value.toFixed(2)))
}

function itemsOf(book: Book, id: string, language: 'vi' | 'en' | 'fr'): Item[] {
  const [head = '', tail] = id.split('.')
  const rate = tail === undefined ? undefined : completeness.get(tail)
  if (rate !== undefined) {
    const form = book.form(head, 'uid')
    const [measure] = form === undefined ? [] : book.measuresOf(form)
    return form === undefined || measure === undefined
      ? []
      : [{ id, name: `${form.code} ${tail ?? ''}`, measure, breakdown: '', of: rate }]
  }
  const measure = book.things.measures.find(({ code }) => uidOf('indicator', code) === id)
  if (measure !== undefined)
    return [{ id, name: measure.names[language], measure, breakdown: '', of: ({ value }) => value }]
  const element = book.element(id, 'uid') ?? book.element(head, 'uid')
  if (element === undefined) return []
  const combo = tail === undefined ? undefined : book.combo(tail, 'uid')
  if (tail !== undefined && combo === undefined) return []
  const single = combo?.rowId == null ? undefined : element.byCombo.get(combo.rowId)
  const { part } = single ?? element
  return [
    {
      ...{ id, measure: (single ?? element).measure, breakdown: single?.breakdown ?? combo?.breakdown ?? '' },
      name: element.measure.names[language],
      of: (row) =>
        part === 'denominator' ? row.denominator : partsOf(element.measure).length === 1 ? row.value : row.numerator,
    },
  ]
}

const share = (part: number, whole: number) => (whole === 0 ? null : (part / whole) * 100)
const completeness = new Map<string, Item['of']>([
  ['REPORTING_RATE', ({ reported, expected }) => share(reported, expected)],
  ['REPORTING_RATE_ON_TIME', ({ reported, late, expected }) => share(reported - late, expected)],
  ['ACTUAL_REPORTS', ({ reported }) => reported],
  ['ACTUAL_REPORTS_ON_TIME', ({ reported, late }) => reported - late],
  ['EXPECTED_REPORTS', ({ expected }) => expected],
])

const levels = ['country', 'province', 'district', 'commune'] as const

/** Units named, of a level (in those named beside it), or one's own and those in it. */
async function unitsOf(ctx: Context, book: Book, words: readonly string[]): Promise<UnitKey[]> {
  const { ground } = book.land
  const all = levels.flatMap((level) => unitsOn(ground, level, ctx.today))
  const own = await ownUnitUids(ctx)
  const depth = (key: UnitKey) => lineOn(ground, key, ctx.today).length
  const named = words.flatMap((word) => book.unit(word, 'uid', ctx.today) ?? [])
  const isIn = (key: UnitKey, above: readonly UnitKey[]) =>
    lineOn(ground, key, ctx.today).some((one) => above.includes(one))
  const ownKeys = all.filter((key) => own.includes(uidOf('unit', key)))
  const below = (steps: number) =>
    all.filter((key) => isIn(key, ownKeys) && ownKeys.some((one) => depth(key) === depth(one) + steps))
  const relative: Record<string, () => UnitKey[]> = {
    USER_ORGUNIT: () => ownKeys,
    USER_ORGUNIT_CHILDREN: () => below(1),
    USER_ORGUNIT_GRANDCHILDREN: () => below(2),
  }
  const wanted = words.filter((word) => word.startsWith('LEVEL-')).map((word) => Number(word.slice(6)))
  const ofLevels = all.filter((key) => wanted.includes(depth(key)) && (named.length === 0 || isIn(key, named)))
  const found = [
    ...(wanted.length > 0 ? ofLevels : named),
    ...words.flatMap((word) => (Object.hasOwn(relative, word) ? (relative[word]?.() ?? []) : [])),
  ]
  return [...new Set(found)]
}

function nameOf(book: Book, key: UnitKey, on: string): string {
  const unit = book.land.ground.units.get(key)
  return (unit && (versionOn(unit, on) ?? unit.versions.at(-1))?.name) ?? key
}
