import { Readable } from 'node:stream'
import { idOfKey, type Context, type DoorAnswer, type Visit } from '#platform'
import type { UnitKey } from '#territory/model'
import { lineOn } from '../../rollup/ground.ts'
import { readPeriod, type Calendar, type FigurePart } from '../../model.ts'
import { pageFigures, readOutFigures, type OutFigure, type OutFilter } from '../figures.ts'
import { escapeXml, failed } from './answers.ts'
import { openBook, type Book } from './book.ts'
import { systemOf } from './caller.ts'
import { formCode, partsOf, rhythmsOf, type MeasureThing } from './dictionary.ts'
import { foreignPeriod, readForeignPeriod, spanWords } from './periods.ts'
import { schemesFor, type Schemes } from './resolve.ts'
import { schemeNames } from './values.ts'

type Asked = { book: Book; filter: OutFilter; schemes: Schemes; most: number; format: 'json' | 'xml' | 'csv' | 'adx' }
type Parts = { calendars: readonly Calendar[] }

/** Hands data values out as they were last said, piece by piece. What was asked too vaguely is refused with the code DHIS2 has for it. */
export async function getValues(visit: Visit, parts: Parts): Promise<DoorAnswer> {
  const found = await visit.work({ onlyReads: true }, (ctx) => readAsked(ctx, visit, parts))
  if ('refused' in found) return failed(visit, 409, found.refused[1], found.refused[0])
  const { asked } = found
  await visit.work({ onlyReads: false }, (ctx) =>
    ctx.record(
      'indicators.figures-handed-out',
      { kind: 'indicators.figures', id: null, agencyId: ctx.actor.agencyId },
      {
        system: systemOf(visit),
        format: asked.format,
        measures: asked.filter.measureIds.length,
        units: asked.filter.unitIds?.length ?? null,
      },
    ),
  )
  const first = await visit.work({ onlyReads: true }, (ctx) =>
    readOutFigures(ctx, asked.filter, undefined, Math.min(asked.most, pageFigures)),
  )
  return {
    ...{ status: 200, mediaType: mediaTypes[asked.format] },
    body: Readable.from(writers[asked.format](valuesOf(visit, parts, asked, first), visit.ground.now().toISOString())),
  }
}

const mediaTypes = {
  ...{ json: 'application/json;charset=UTF-8', xml: 'application/xml;charset=UTF-8' },
  ...{ csv: 'application/csv;charset=UTF-8', adx: 'application/adx+xml;charset=UTF-8' },
}

function formatOf({ accept, query, params }: Visit): Asked['format'] {
  const named = params.format ?? query.get('format')
  if (named === 'json' || named === 'xml' || named === 'csv' || named === 'adx') return named
  if (/adx/i.test(accept)) return 'adx'
  if (/json|\*\/\*/i.test(accept) || accept === '') return 'json'
  return /csv/i.test(accept) ? 'csv' : /xml/i.test(accept) ? 'xml' : 'json'
}

const refusals = {
  what: ['E2001', 'At least one data element, data set or data element group must be specified'],
  when: ['E2002', 'At least one period, start/end dates, last updated or last updated duration must be specified'],
  where: ['E2006', 'At least one organisation unit or organisation unit group must be specified'],
} as const

async function readAsked(
  ctx: Context,
  visit: Visit,
  { calendars }: Parts,
): Promise<{ asked: Asked } | { refused: readonly [code: string, message: string] }> {
  const { query } = visit
  const book = await openBook(ctx, systemOf(visit))
  const format = formatOf(visit)
  const said = Object.fromEntries(
    schemeNames.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])),
  )
  const inputs = Object.fromEntries(
    schemeNames.flatMap((name) => {
      const input = query.get(`input${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`)
      return input === null ? [] : [[name, input]]
    }),
  )
  const ids = schemesFor(inputs, 'uid')
  const measures = new Map<string, MeasureThing>()
  for (const name of query.getAll('dataSet')) {
    const form = book.form(name, ids.dataSet)
    for (const measure of form === undefined ? [] : book.measuresOf(form)) measures.set(measure.id, measure)
  }
  for (const name of query.getAll('dataElement')) {
    const element = book.element(name, ids.element)
    if (element !== undefined) measures.set(element.measure.id, element.measure)
  }
  if (measures.size === 0) return { refused: refusals.what }
  const times = timesOf(query, ctx.now)
  if (times === undefined) return { refused: refusals.when }
  const periods = query.getAll('period').flatMap((name) =>
    [...measures.values()]
      .flatMap((measure) => [measure.periods, measure.breakdowns])
      .flatMap((rhythms) => {
        const period = readForeignPeriod(name, { rhythms, calendars, calendar: null })
        return typeof period === 'string' ? [] : [period.id]
      }),
  )
  const keys = query.getAll('orgUnit').flatMap((name) => book.unit(name, ids.unit, ctx.today) ?? [])
  if (keys.length === 0) return { refused: refusals.where }
  const units = query.get('children') === 'true' ? withBelow(book, keys) : keys
  const most = Number(query.get('limit') ?? Number.MAX_SAFE_INTEGER)
  return {
    asked: {
      ...{ book, format, schemes: schemesFor(said, format === 'adx' ? 'code' : 'uid') },
      most: Number.isInteger(most) && most > 0 ? most : Number.MAX_SAFE_INTEGER,
      filter: {
        ...{ measureIds: [...measures.keys()], unitIds: units.map(idOfKey), ...times },
        periods: query.has('period') ? [...new Set(periods)] : null,
        ...{ isAccepted: false, withTakenBack: query.get('includeDeleted') === 'true' },
      },
    },
  }
}

function timesOf(query: URLSearchParams, now: string): Pick<OutFilter, 'from' | 'to' | 'saidSince'> | undefined {
  const day = (name: string) => /^\d{4}-\d{2}-\d{2}/.exec(query.get(name) ?? '')?.[0] ?? null
  const [from, to, updated] = [day('startDate'), day('endDate'), day('lastUpdated')]
  const lasting = /^(\d{1,4})([dhms])$/.exec(query.get('lastUpdatedDuration') ?? '')
  const unit = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }[lasting?.[2] ?? ''] ?? 0
  const since = lasting === null ? updated : new Date(Date.parse(now) - Number(lasting[1]) * unit).toISOString()
  const isSaid = query.has('period') || (from !== null && to !== null) || since !== null
  return isSaid ? { from, to, saidSince: since } : undefined
}

/** Units with all that ever lay in them. */
function withBelow({ land }: Book, keys: readonly UnitKey[]): UnitKey[] {
  const wanted = new Set(keys)
  return [...land.ground.units.values()].flatMap(({ key, versions }) =>
    versions.some(({ from }) => lineOn(land.ground, key, from ?? '1900-01-01').some((one) => wanted.has(one)))
      ? [key]
      : [],
  )
}

type Out = {
  figure: OutFigure
  element: string
  period: string
  span: string
  form: string
  unit: string
  combo: string
  breakdown: string
  attribute: string
  value: string
}

/** Figures as values, read page by page, each in a transaction of its own. */
async function* valuesOf(visit: Visit, { calendars }: Parts, asked: Asked, first: OutFigure[]): AsyncGenerator<Out> {
  const { book, filter, schemes } = asked
  const measures = new Map(book.things.measures.map((measure) => [measure.id, measure]))
  let [page, told] = [first, 0]
  while (page.length > 0) {
    for (const figure of page) {
      const measure = measures.get(figure.measureId)
      const key = book.land.keyOf.get(figure.unitId)
      const period = readPeriod(figure.period, calendars)
      if (measure === undefined || key === undefined || period === undefined) continue
      for (const part of partsOf(measure)) {
        if (told++ >= asked.most) return
        yield {
          ...{ figure, element: book.names.element(measure, part, schemes.element), breakdown: figure.breakdown },
          ...{
            period: foreignPeriod(period, rhythmsOf(measure, figure.breakdown)),
            span: spanWords(period),
            form: formCode(period),
          },
          unit: book.names.unit(key, schemes.unit, figure.periodFrom),
          combo: book.names.combo(figure.breakdown, schemes.combo),
          attribute: book.names.combo('', schemes.attribute),
          value: amountOf(figure, part),
        }
      }
    }
    const last = page.at(-1)
    page =
      page.length < pageFigures ? [] : await visit.work({ onlyReads: true }, (ctx) => readOutFigures(ctx, filter, last))
  }
}

function amountOf({ numerator, denominator }: OutFigure, part: FigurePart): string {
  const amount = part === 'denominator' ? denominator : numerator
  return amount === null ? '' : String(amount)
}

type Writer = (values: AsyncGenerator<Out>, at: string) => AsyncGenerator<string>
const instant = (at: string) => at.replace('Z', '+0000')

async function* json(values: AsyncGenerator<Out>): AsyncGenerator<string> {
  let sign = '{"dataValues":['
  for await (const { figure, element, period, unit, combo, attribute, value } of values) {
    yield (
      sign +
      JSON.stringify({
        ...{
          dataElement: element,
          period,
          orgUnit: unit,
          categoryOptionCombo: combo,
          attributeOptionCombo: attribute,
          value,
        },
        ...{ created: instant(figure.createdAt), lastUpdated: instant(figure.saidAt) },
        ...(figure.comment === null ? {} : { comment: figure.comment }),
        ...{ followup: false, ...(figure.status === null ? { deleted: true } : {}) },
      })
    )
    sign = ','
  }
  yield sign === ',' ? ']}' : `${sign}]}`
}

const attributes = (fields: Readonly<Record<string, string | null>>) =>
  Object.entries(fields)
    .flatMap(([name, value]) => (value === null ? [] : [` ${name}="${escapeXml(value)}"`]))
    .join('')

async function* xml(values: AsyncGenerator<Out>): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?><dataValueSet xmlns="http://dhis2.org/schema/dxf/2.0">'
  for await (const { figure, element, period, unit, combo, attribute, value } of values)
    yield `<dataValue${attributes({
      ...{
        dataElement: element,
        period,
        orgUnit: unit,
        categoryOptionCombo: combo,
        attributeOptionCombo: attribute,
        value,
      },
      ...{ created: instant(figure.createdAt), lastUpdated: instant(figure.saidAt), comment: figure.comment },
      ...{ followup: 'false', deleted: figure.status === null ? 'true' : null },
    })}/>`
  yield '</dataValueSet>'
}

/** A cell of .csv; what a spreadsheet would run is told as text. */
const quoted = (text: string) =>
  `"${(/^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

async function* csv(values: AsyncGenerator<Out>): AsyncGenerator<string> {
  yield 'dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby,lastupdated,comment,followup,deleted\n'
  for await (const { figure, element, period, unit, combo, attribute, value } of values)
    yield `${[
      element,
      period,
      unit,
      combo,
      attribute,
      value,
      '',
      instant(figure.saidAt),
      figure.comment ?? '',
      'false',
      figure.status === null ? 'true' : '',
    ]
      .map(quoted)
      .join(',')}\n`
}

/** ADX: a group for each unit and period, which is written as its days; a breakdown as an attribute of its dimension's name. */
async function* adx(values: AsyncGenerator<Out>, at: string): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?><adx xmlns="urn:ihe:qrph:adx:2015" exported="${at}">`
  let open = ''
  for await (const { figure, element, span, unit, form, breakdown, combo, value } of values) {
    if (figure.status === null) continue
    const group = `<group${attributes({ orgUnit: unit, period: span, dataSet: form })}>`
    if (group !== open) yield `${open === '' ? '' : '</group>'}${group}`
    open = group
    const parted = breakdown === '' ? [] : breakdown.split(';').map((part) => part.split('=') as [string, string])
    // A name that XML has no way to write: the combination itself is named.
    const isNamed = parted.every(([dimension]) => /^[a-z]/.test(dimension))
    const options = isNamed ? Object.fromEntries(parted) : { categoryOptionCombo: combo }
    const note = figure.comment === null ? '/>' : `><annotation>${escapeXml(figure.comment)}</annotation></dataValue>`
    yield `<dataValue${attributes({ dataElement: element, ...options, value })}${note}`
  }
  yield `${open === '' ? '' : '</group>'}</adx>`
}

const writers: Record<Asked['format'], Writer> = { json, xml, csv, adx }
