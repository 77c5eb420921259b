import { sql } from 'kysely'
import type { Context } from '#platform'
import type { ImportSource } from '../model.ts'
import { recordHashOf, type ReadDocument, type ReadRecord } from '../reading/record.ts'
import { findLeft, type Differing, type Here } from './differences.ts'
import type { ProblemRow } from './records.ts'
import type { ImportRow } from './store.ts'

type Placed = { record: ReadRecord; place: string; ordinal: number }

/** What is here of the own State under another source, with the same mechanism, document and paragraph. */
type Twin = Here &
  Pick<ReadRecord, 'kind' | 'language' | 'paragraph' | 'sortKey' | 'text' | 'rawText' | 'textHash'> &
  Pick<ReadRecord, 'weight' | 'isUrgent' | 'position' | 'recommendingStates' | 'suggested'> &
  Pick<ReadDocument, 'symbol' | 'publishedOn' | 'cycle' | 'session' | 'states'> & {
    at: number
    documentKey: string | null
    response: string | null
  }

export type OfTwins = {
  /** What has no twin here. */
  added: ReadRecord[]
  same: string[]
  changed: Differing[]
  problems: ProblemRow[]
  /** Keys of what was met here, so that a second record of the file is not laid on it, too. */
  met: string[]
}

/**
 * Which of the records that would be new are here already, brought from another source: the same paragraph of a document, whose symbol
 * may bear the mark of an addition there or here. They are not added again; what they say otherwise is a difference of what is here.
 */
export async function sortTwins(
  ctx: Context,
  row: Pick<ImportRow, 'id' | 'source'>,
  of: { added: readonly ReadRecord[]; records: Iterable<Placed>; met: (key: string) => boolean },
): Promise<OfTwins> {
  const told: OfTwins = { added: [...of.added], same: [], changed: [], problems: [], met: [] }
  if (!of.added.some(isTold)) return told
  const fresh = new Set(of.added)
  const asked = [...of.records].filter(({ record }) => fresh.has(record) && isTold(record))
  const twins = await findTwins(ctx, row, asked)
  const differing: Differing[] = []
  const found = new Set<ReadRecord>()
  const places = Map.groupBy(asked, ({ record }) => placeOf(record))
  for (const [at, one] of asked.entries()) {
    const free = (twins.get(at) ?? []).filter(
      ({ id, source, externalId }) =>
        !of.met(`${source} ${externalId}`) && !of.met(metKey(id)) && !told.met.includes(metKey(id)),
    )
    if (free.length === 0) continue
    const alone = free.length === 1 && places.get(placeOf(one.record))?.length === 1
    const twin = free.find(({ textHash }) => textHash === one.record.textHash) ?? (alone ? free[0] : undefined)
    told.problems.push(problemOf(one, twin === undefined ? 'maybe-here' : 'here-from-other', free[0]?.source))
    if (twin === undefined) continue
    found.add(one.record)
    told.met.push(metKey(twin.id))
    const record = asTold(twin, one.record, sourceOf(row, one.record))
    if (record.recordHash === recordHashOf(twin)) told.same.push(twin.id)
    else differing.push({ here: twin, record })
  }
  const left = await findLeft(ctx, differing)
  for (const one of differing) {
    if (left.has(`${one.here.id} ${one.record.recordHash}`)) told.same.push(one.here.id)
    else told.changed.push(one)
  }
  return { ...told, added: of.added.filter((record) => !found.has(record)) }
}

/** Of the own State, with a document and a number in it. */
function isTold({ document, paragraph }: ReadRecord): boolean {
  return document.isOwn && document.symbol !== null && paragraph !== null
}

const metKey = (id: string): string => `here ${id}`
const placeOf = ({ document, paragraph }: ReadRecord): string =>
  JSON.stringify([document.mechanism, bareSymbol(document.symbol), paragraph])
const sourceOf = (row: Pick<ImportRow, 'source'>, record: ReadRecord): ImportSource => record.source ?? row.source

/** A symbol without the mark of an addition. */
function bareSymbol(symbol: string | null): string {
  return (symbol ?? '').toUpperCase().replace(/\/ADD\.[0-9]+$/u, '')
}

async function findTwins(
  ctx: Context,
  row: Pick<ImportRow, 'id' | 'source'>,
  asked: readonly Placed[],
): Promise<Map<number, Twin[]>> {
  const wanted = asked.map(({ record }, at) => ({
    ...{ at, mechanism: record.document.mechanism, symbol: bareSymbol(record.document.symbol) },
    ...{ paragraph: record.paragraph, source: sourceOf(row, record) },
  }))
  const { rows } = await sql<Twin>`
    select w.at, r.id, r.source, r.external_id, r.record_hash, r.import_id, r.mechanism, r.kind, r.language, r.paragraph, r.sort_key, o.text, o.raw_text,
      r.text_hash, r.weight, r.is_urgent_printed as is_urgent, r.position_printed as position, r.recommending_states, r.suggested,
      d.symbol, d.external_id as document_key, r.published_on, r.cycle, d.session, d.states, o.response
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(at integer, mechanism text, symbol text, paragraph text, source text)
      join recommendations.recommendation r on r.is_own and r.whole_id is null and r.mechanism = w.mechanism and r.paragraph = w.paragraph
        and r.source <> w.source and r.import_id is distinct from ${row.id}::uuid
      join recommendations.source_document d on d.id = r.document_id and regexp_replace(upper(d.symbol), '/ADD\.[0-9]+$', '') = w.symbol
      join recommendations.official_text o on o.recommendation_id = r.id
    order by w.at, r.id`.execute(ctx.db)
  return Map.groupBy(rows, ({ at }) => at)
}

/**
 * What the file says, laid over what is here: where it says nothing, and in whatever tells the record, what is here stands. Words in
 * another language are no other words; terms of both sources hold.
 */
function asTold(here: Twin, record: ReadRecord, ofSource: ImportSource): ReadRecord {
  const isOtherWords = record.language === here.language && record.textHash !== here.textHash
  const { text, rawText, textHash, weight, isUrgent, language } = isOtherWords ? record : here
  const { publishedOn, cycle, session } = record.document
  const response = record.response ?? here.response
  const told = {
    ...{ text, rawText, textHash, weight, isUrgent, language, externalId: record.externalId, ofSource },
    ...{ kind: here.kind, paragraph: here.paragraph, sortKey: here.sortKey, watermark: null },
    position: record.position ?? here.position,
    ...(response === null ? {} : { response }),
    recommendingStates: sameSet(record.recommendingStates, here.recommendingStates)
      ? here.recommendingStates
      : record.recommendingStates,
    suggested: [...new Set([...here.suggested, ...record.suggested])].sort((a, b) => a - b),
    document: {
      ...{ mechanism: here.mechanism, symbol: here.symbol, externalId: here.documentKey, title: null },
      ...{ publishedOn: publishedOn ?? here.publishedOn, cycle: cycle ?? here.cycle },
      ...{ session: here.session ?? session, states: here.states, isOwn: true },
    },
  }
  return { ...told, recordHash: recordHashOf({ ...told, ...told.document }) }
}

/** The same names in whatever order; none said is none other. */
function sameSet(said: readonly string[], here: readonly string[]): boolean {
  return said.length === 0 || (said.length === here.length && said.every((one) => here.includes(one)))
}

function problemOf(
  { ordinal, place, record }: Placed,
  what: 'here-from-other' | 'maybe-here',
  source: ImportSource | undefined,
): ProblemRow {
  const params = { source: (source ?? '').replaceAll('-', '_') }
  const excerpt = record.text.slice(0, 200)
  return { ordinal, place, code: `recommendations.record-${what}`, params, isRefused: false, excerpt }
}
