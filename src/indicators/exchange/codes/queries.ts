import { sql } from 'kysely'
import type { Context } from '#platform'
import type { Page } from '#platform/model'
import { openLand, refOf } from '../../land.ts'
import type { CodeKind, CodeMeaning, ExchangeCode, FoundMeaning, MeaningQuery, SuggestedMeanings } from '../../model.ts'
import { readThings } from '../dhis2/dictionary.ts'
import { openUnitFinder } from '../things/find-units.ts'
import { openWordFinder } from '../things/find-words.ts'
import type { KeptFound } from '../things/store.ts'
import { listCodeRows, type CodeRow } from './store.ts'

/** What the acting body said of other systems' things, with what they are today. */
export async function listCodes(
  ctx: Context,
  of: {
    system?: string | undefined
    kind?: CodeKind | undefined
    ids?: readonly string[]
    page: number
    size: number
  },
): Promise<Page<ExchangeCode>> {
  const { rows, total } = await listCodeRows(ctx, { system: undefined, kind: undefined, ...of })
  const land = await openLand(ctx)
  const measures = await readMeasureWords(
    ctx,
    rows.flatMap(({ measureId }) => measureId ?? []),
  )
  const items = rows.map((row): ExchangeCode => {
    const key = row.unitId === null ? undefined : land.keyOf.get(row.unitId)
    const measure = measures.get(row.measureId ?? '')
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

/** What a thing of another system may be with us: its code is one of ours, then its name, in its parent first, then a name like it. */
export async function suggestMeanings(ctx: Context, query: MeaningQuery): Promise<SuggestedMeanings> {
  const asked = { code: query.code ?? null, name: query.name ?? null }
  const blank = { unitId: null, measureId: null, part: null, breakdown: null, was: null }
  const { parent } = query
  const found =
    query.kind === 'unit'
      ? (await openUnitFinder(ctx))({
          ...asked,
          above: parent === undefined ? [] : [parent],
          place: undefined,
          isLeaf: undefined,
        })
      : openWordFinder(await readThings(ctx))({ ...asked, kind: query.kind, detail: {} })
  return {
    found: await nameFound(
      ctx,
      found.map((one) => ({ ...blank, ...one })),
    ),
  }
}

/** Meanings found, with what they are called today in the reader's language. */
export async function nameFound(ctx: Context, found: readonly KeptFound[]): Promise<FoundMeaning[]> {
  const land = await openLand(ctx)
  const measures = await readMeasureWords(
    ctx,
    found.flatMap(({ measureId }) => measureId ?? []),
  )
  return found.map(({ by, unitId, measureId, part, breakdown, was }) => {
    const key = unitId === null ? undefined : land.keyOf.get(unitId)
    const measure = measures.get(measureId ?? '')
    return {
      ...{ by, part, breakdown, was, measure: measure ?? null },
      unit: key === undefined ? null : refOf(land, key, ctx.today, ctx.language),
    }
  })
}

async function readMeasureWords(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, { id: string; code: string; name: string }>> {
  const { rows } = await sql<{ id: string; code: string; name: string }>`
    select m.id, m.code, m.names ->> ${ctx.language} as name from indicators.measure m where m.id = any (${[...ids]}::uuid[])`.execute(
    ctx.db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}
