import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { foldName, similarity, versionOn, type UnitKey } from '#territory/model'
import { isName, openCodes } from '../../import/unit-codes.ts'
import { openLand, refOf } from '../../land.ts'
import { unitsOn } from '../../rollup/ground.ts'
import type { CodeKind, CodeMeaning, ExchangeCode, MeaningQuery, SuggestedMeanings } from '../../model.ts'
import { readDictionary } from '../../queries/dictionary.ts'
import { listCodeRows, type CodeRow } from './store.ts'

/** What the acting body said of other systems' things, with what they are today. */
export async function listCodes(
  ctx: Context,
  of: { system?: string | undefined; kind?: CodeKind | undefined; page: number; size: number },
): Promise<Page<ExchangeCode>> {
  const { rows, total } = await listCodeRows(ctx, { system: undefined, kind: undefined, ...of })
  const land = await openLand(ctx)
  const { rows: measures } = await sql<{ id: string; code: string; name: string }>`
    select m.id, m.code, m.names ->> ${ctx.language} as name from indicators.measure m where m.id = any (${rows.flatMap(({ measureId }) => (measureId === null ? [] : [measureId]))}::uuid[])`.execute(
    ctx.db,
  )
  const items = rows.map((row): ExchangeCode => {
    const key = row.unitId === null ? undefined : land.keyOf.get(row.unitId)
    const measure = measures.find(({ id }) => id === row.measureId)
    return {
      ...{ id: row.id, system: row.system, setAt: row.setAt, meaning: meaningOf(row) },
      foreign: {
        ...{ uid: row.foreignUid, code: row.foreignCode, name: row.foreignName },
        attributes: row.foreignAttributes,
      },
      unit: key === undefined ? null : refOf(land, key, ctx.today, ctx.language),
      measure: measure === undefined ? null : { code: measure.code, name: measure.name },
    }
  })
  return { items, total, page: of.page, size: of.size }
}

function meaningOf(row: CodeRow): CodeMeaning {
  switch (row.kind) {
    case 'element':
      return {
        ...{ kind: 'element', measureId: row.measureId ?? '', part: row.part ?? 'value' },
        valueType: row.valueType ?? 'number',
        combo: row.comboId === null ? null : { id: row.comboId, breakdown: row.breakdown ?? '' },
      }
    case 'combo':
      return { kind: 'combo', breakdown: row.breakdown ?? '', options: row.options }
    case 'unit':
      return { kind: 'unit', unitId: row.unitId ?? '' }
    case 'data-set':
      return { kind: 'data-set', calendar: row.calendar }
  }
}

/** As many meanings as are shown for one thing; and how like a name must be to be shown at all. */
const mostFound = 5
const likeEnough = 0.8

type Found = SuggestedMeanings['found'][number]

/** What a thing of another system may be with us: its code is one of ours, then its name, in its parent first, then a name like it. */
export async function suggestMeanings(ctx: Context, query: MeaningQuery): Promise<SuggestedMeanings> {
  const found = query.kind === 'unit' ? await suggestUnits(ctx, query) : await suggestWords(ctx, query)
  return { found: found.slice(0, mostFound) }
}

async function suggestUnits(ctx: Context, query: MeaningQuery): Promise<Found[]> {
  const land = await openLand(ctx)
  const codes = openCodes(land.ground, land.typeNames)
  const levels = ['country', 'province', 'district', 'commune'] as const
  const living = levels.flatMap((level) => unitsOn(land.ground, level, ctx.today))
  const versionOf = (key: UnitKey) => {
    const unit = land.ground.units.get(key)
    return unit === undefined ? undefined : versionOn(unit, ctx.today)
  }
  const foundBy = (by: Found['by'], keys: readonly UnitKey[]): Found[] =>
    keys.map((key) => ({ by, unit: refOf(land, key, ctx.today, ctx.language), measure: null, breakdown: null }))
  const byCode = query.code === undefined ? [] : living.filter((key) => versionOf(key)?.code === query.code)
  const { name, parent } = query
  if (name === undefined) return foundBy('code', byCode)
  const isCalled = (key: UnitKey | null | undefined, words: string) => {
    const version = key == null ? undefined : versionOf(key)
    return version !== undefined && isName(codes, words, version)
  }
  const named = living.filter((key) => isCalled(key, name))
  const liesIn = (key: UnitKey) => parent !== undefined && isCalled(versionOf(key)?.parent, parent)
  const folded = foldName(name)
  const like = living
    .map((key) => ({ key, likeness: similarity(folded, foldName(versionOf(key)?.name ?? '')) }))
    .filter(({ likeness }) => likeness >= likeEnough)
    .toSorted((one, other) => other.likeness - one.likeness)
    .map(({ key }) => key)
  return once([
    ...foundBy('code', byCode),
    ...foundBy('name-in-parent', named.filter(liesIn)),
    ...foundBy('name', named),
    ...foundBy('like-name', like.slice(0, mostFound)),
  ])
}

async function suggestWords(ctx: Context, query: MeaningQuery): Promise<Found[]> {
  const found: Found[] = []
  for (const language of new Set([ctx.language, 'vi', 'en', 'fr'] as const)) {
    const { indicators, dimensions } = await readDictionary({ ...ctx, language })
    const things =
      query.kind === 'element'
        ? indicators
            .flatMap(({ measures }) => measures)
            .map(({ id, code, name }) => ({ code, name, measure: { id, code, name }, breakdown: null }))
        : dimensions.flatMap(({ code, values }) =>
            values.map((value) => ({
              ...{ code: value.code, name: value.name, measure: null, breakdown: `${code}=${value.code}` },
            })),
          )
    const wanted = query.name === undefined ? undefined : foldName(query.name)
    for (const { code, name, measure, breakdown } of things) {
      const likeness = wanted === undefined ? 0 : similarity(wanted, foldName(name))
      const by =
        query.code !== undefined && code.toLowerCase() === query.code.toLowerCase()
          ? 'code'
          : likeness === 1
            ? 'name'
            : likeness >= likeEnough
              ? 'like-name'
              : undefined
      if (by !== undefined) found.push({ by, unit: null, measure, breakdown })
    }
  }
  const order = ['code', 'name', 'like-name']
  return once(found.toSorted((one, other) => order.indexOf(one.by) - order.indexOf(other.by)))
}

function once(found: readonly Found[]): Found[] {
  const seen = new Set<string>()
  return found.filter(({ unit, measure, breakdown }) => {
    const key = unit?.id ?? measure?.id ?? breakdown ?? ''
    return !seen.has(key) && seen.add(key) !== undefined
  })
}
