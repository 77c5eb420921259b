import { sql } from 'kysely'
import type { Context } from '#platform'
import { addParts } from '../commands/parts.ts'
import { keptMechanisms } from '../keeping.ts'
import type { ImportSource } from '../model.ts'
import { recordHashOf, type ReadRecord } from '../reading/record.ts'
import { findLeft, takeRecords, type Here } from './differences.ts'
import type { ProblemRow } from './records.ts'
import type { ImportRow } from './store.ts'

/** A part of a paragraph as a table has it. */
export type PartRecord = { record: ReadRecord; part: string; place: string; ordinal: number }

export type DecidedParts = {
  added: number
  same: number
  changed: { here: Here; record: ReadRecord }[]
  doubled: number
  problems: ProblemRow[]
}

type Whole = { id: string; source: ImportSource; externalId: string; mechanism: string }
type PartHere = Here & { wholeId: string; part: string }

/**
 * Parts of split paragraphs: known by the key of the whole and their sign. Those that are not here yet are laid beside
 * their whole, which they then stand for; of those that differ the file's words are laid beside what is here, until taken or left.
 */
export async function saveParts(
  ctx: Context,
  row: Pick<ImportRow, 'id' | 'source'>,
  records: readonly PartRecord[],
): Promise<DecidedParts> {
  const decided: DecidedParts = { added: 0, same: 0, changed: [], doubled: 0, problems: [] }
  if (records.length === 0) return decided
  const wholes = await findWholes(ctx, row, records)
  const here = await findParts(ctx, [...wholes.values()].map(({ id }) => id)) // prettier-ignore
  const kept = await keptMechanisms(ctx)
  const differing: { here: Here; record: ReadRecord }[] = []
  const missing = new Map<string, PartRecord[]>()
  const refuse = ({ ordinal, place, part, record }: PartRecord, code: string) =>
    decided.problems.push({
      ...{ ordinal, place, code: `recommendations.record-${code}`, params: { part }, isRefused: true },
      excerpt: record.text.slice(0, 200),
    })
  for (const one of records) {
    const whole = wholes.get(keyOf(row, one.record))
    const known = whole && here.get(`${whole.id} ${one.part}`)
    if (whole === undefined) refuse(one, 'part-without-whole')
    else if (known?.recordHash === one.record.recordHash) decided.same += 1
    else if (known?.importId === row.id) decided.doubled += 1
    else if (known !== undefined) differing.push({ here: known, record: one.record })
    else if (!kept.includes(whole.mechanism)) refuse(one, 'part-not-kept')
    else missing.set(whole.id, [...(missing.get(whole.id) ?? []), one])
  }
  const left = await findLeft(ctx, differing)
  for (const one of differing) {
    if (left.has(`${one.here.id} ${one.record.recordHash}`)) decided.same += 1
    else decided.changed.push(one)
  }
  for (const [wholeId, parts] of missing) {
    const asked = parts.map(({ part, record }) => ({ part, text: record.text }))
    const ids = await addParts(ctx, wholeId, { parts: asked, importId: row.id })
    const now = await findParts(ctx, [wholeId])
    const taken = parts.flatMap(({ part, record }, at) => {
      const id = ids[at]
      return id === undefined || now.get(`${wholeId} ${part}`)?.recordHash === record.recordHash ? [] : [{ id, record }]
    })
    await takeRecords(ctx, taken)
    decided.added += ids.length
  }
  return decided
}

function keyOf(row: Pick<ImportRow, 'source'>, record: ReadRecord): string {
  return `${record.source ?? row.source} ${record.externalId}`
}

async function findWholes(
  ctx: Context,
  row: Pick<ImportRow, 'source'>,
  records: readonly PartRecord[],
): Promise<Map<string, Whole>> {
  const sources = records.map(({ record }) => record.source ?? row.source)
  const keys = records.map(({ record }) => record.externalId)
  const { rows } =
    await sql<Whole>`select r.id, r.source, r.external_id, r.mechanism from recommendations.recommendation r
    where (r.source, r.external_id) in (select * from unnest(${sources}::text[], ${keys}::text[])) for update`.execute(
      ctx.db,
    )
  return new Map(rows.map((whole) => [`${whole.source} ${whole.externalId}`, whole]))
}

type PartRow = Omit<PartHere, 'recordHash'> & Parameters<typeof recordHashOf>[0]

/** The parts of paragraphs, as `whole part`, each with the hash its row in a table would have. */
async function findParts(ctx: Context, wholeIds: readonly string[]): Promise<Map<string, PartHere>> {
  const { rows } = await sql<PartRow>`
    select r.id, r.whole_id, r.part, r.source, '' as external_id, r.import_id, r.mechanism, o.text, r.paragraph, r.kind, r.language,
      r.position_printed as position, r.recommending_states, r.suggested, d.symbol, r.published_on, r.cycle, o.response
    from recommendations.recommendation r join recommendations.source_document d on d.id = r.document_id
      join recommendations.official_text o on o.recommendation_id = r.id
    where r.whole_id = any (${wholeIds}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [`${row.wholeId} ${row.part}`, { ...row, recordHash: recordHashOf(row) }]))
}
