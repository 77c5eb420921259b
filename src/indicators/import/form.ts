import {
  beginFile,
  dateInFile,
  idOfKey,
  invalid,
  notFound,
  sheetMediaTypes,
  type Catalogue,
  type Context,
  type FileAnswer,
} from '#platform'
import type { UnitKey } from '#territory/model'
import { getUnitKey, openLand, refOf, type Land } from '../land.ts'
import { figureList } from '../list.ts'
import { mostFormRows, readPeriod, type Calendar, type FigureFormQuery, type Period } from '../model.ts'
import { readBefore } from '../queries/before.ts'
import { placesIn, type PlaceIn } from '../queries/places.ts'
import { lastDay, levelOn, lineOn } from '../rollup/ground.ts'
import {
  listMeasureIds,
  placeOf,
  readAnswerers,
  readAnswering,
  readDimensionValues,
  readHeld,
  readMeasures,
} from '../store.ts'
import { readMeasureNames } from './store.ts'

/** The columns of a form: those a file is read by, and beside them what the period before had. */
const columns = [
  ...figureList.columns.filter(({ isForReturn, key }) => isForReturn === true || key === 'measureName'),
  { key: 'before', kind: 'number', width: 14 },
] as const

/** Rows written at once. */
const step = 500

/**
 * A form with a row for every figure of units in a period, filled with what was said already: the same columns in as out.
 *
 * @throws invalid `indicators.unknown-period`, `indicators.form-too-long`, `indicators.form-empty`; notFound for a unit for which
 * the acting body brings nothing in
 */
export async function writeForm(
  ctx: Context,
  { say, calendars }: { say: Catalogue; calendars: readonly Calendar[] },
  query: FigureFormQuery,
): Promise<FileAnswer> {
  const period = readPeriod(query.period, calendars)
  if (period === undefined) throw invalid('indicators.unknown-period', { period: query.period })
  const land = await openLand(ctx)
  const { top, places } = await listPlaces(ctx, { land, period, query })
  if (places.length === 0) throw invalid('indicators.form-empty', { period: period.id })
  if (places.length > mostFormRows) throw invalid('indicators.form-too-long', { most: mostFormRows })
  const { language } = ctx
  const unit = refOf(land, top, lastDay(period), language)
  const title = say(language, 'indicators.form-file', { unit: unit.name, period: period.id })
  const file = await beginFile(query.format, {
    ...{ title, language },
    columns: columns.map((column) => ({ column, head: say(language, `indicators.figures-column-${column.key}`) })),
    about: {
      title: say(language, 'platform.list-about'),
      lines: [
        [say(language, 'indicators.figures-column-unitName'), unit.name],
        [say(language, 'indicators.figures-column-period'), period.id],
        [say(language, 'platform.list-about-day'), dateInFile(ctx.today, language)],
        [say(language, 'platform.list-about-rows'), String(places.length)],
        [say(language, 'indicators.form-how'), say(language, 'indicators.form-how-words')],
      ],
    },
  })
  const rows = await rowsOf(ctx, { say, calendars, land, period, places })
  // Between steps others are served.
  for (let at = 0; at < rows.length; at += step) await file.add(rows.slice(at, at + step))
  const id = idOfKey(top)
  await ctx.record(
    'indicators.form-exported',
    { kind: 'territory.unit', id, agencyId: ctx.actor.agencyId },
    { period: period.id, rows: places.length },
  )
  return { fileName: `${title}.${query.format}`, mediaType: sheetMediaTypes[query.format], bytes: await file.end() }
}

/** The places of the form, and the unit it is of: one's own, or one within reach. */
async function listPlaces(
  ctx: Context,
  { land, period, query }: { land: Land; period: Period; query: FigureFormQuery },
): Promise<{ top: UnitKey; places: PlaceIn[] }> {
  const answering = await readAnswering(ctx)
  const day = lastDay(period)
  const isThere = (unit: UnitKey) => levelOn(land.ground, unit, day) !== undefined
  const own = [...answering.unitIds].flatMap((id) => land.keyOf.get(id) ?? []).filter(isThere)
  const top = query.unitId === undefined ? own[0] : getUnitKey(land, query.unitId)
  if (top === undefined || !isThere(top)) throw notFound()
  const asked = query.below
    ? [...land.ground.units.keys()].filter((unit) => isThere(unit) && lineOn(land.ground, unit, day).includes(top))
    : [top]
  const others = asked.filter((unit) => !own.includes(unit)).map(idOfKey)
  const answerers = await readAnswerers(ctx, others)
  const units = asked.filter((unit) => own.includes(unit) || answerers.get(idOfKey(unit)) != null)
  if (units.length === 0) throw notFound()
  const measures = await readMeasures(
    ctx,
    query.measureId === undefined ? await listMeasureIds(ctx) : [query.measureId],
  )
  const mine = [...measures.values()].filter((measure) => answering.isHead || answering.functions.has(measure.function))
  return { top, places: placesIn(land, { measures: mine, units, period, dimensions: await readDimensionValues(ctx) }) }
}

type Rows = {
  say: Catalogue
  calendars: readonly Calendar[]
  land: Land
  period: Period
  places: readonly PlaceIn[]
}

async function rowsOf(ctx: Context, { say, calendars, land, period, places }: Rows) {
  const asked = places.map(({ measure, unit, breakdown }) => ({
    ...{ measureId: measure.id, unitId: idOfKey(unit), period: period.id, breakdown },
  }))
  const held = await readHeld(ctx, asked)
  const before = await readBefore(ctx, asked, calendars)
  const names = await readMeasureNames(ctx)
  const word = (of: 'status' | 'absence', code: string | null) =>
    code === null ? null : say(ctx.language, `indicators.figures-${of}-${code}`)
  return places.map(({ measure, unit, breakdown }, at) => {
    const where = asked[at] ?? { measureId: '', unitId: '', period: '', breakdown: '' }
    const place = placeOf(where)
    const said = held.get(where)
    const ref = refOf(land, unit, lastDay(period), ctx.language)
    const cells: Record<string, string | number | null> = {
      ...{ measure: measure.code, measureName: names.get(measure.id) ?? null, unit: ref.code, unitName: ref.name },
      ...{ period: period.id, breakdown: breakdown || null },
      status: word('status', said?.status ?? null),
      ...{ numerator: said?.numerator ?? null, denominator: said?.denominator ?? null },
      absence: word('absence', said?.absence ?? null),
      ...{ comment: said?.comment ?? null, vintage: said?.vintage ?? null },
      before: before.get(place)?.value ?? null,
    }
    return columns.map(({ key }) => cells[key] ?? null)
  })
}
