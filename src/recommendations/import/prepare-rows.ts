import { newId } from '#platform'
import type { ReadDocument, ReadRecord } from '../reading/record.ts'
import type { ImportRow } from './store.ts'

/** Records as the rows that are inserted of them, and the documents they stand in. */
export type PreparedRows = { json: string; documents: ReadDocument[] }

/** What tells a document: mechanism, symbol, its id at the source. */
export function documentKey(document: Pick<ReadDocument, 'mechanism' | 'symbol' | 'externalId'>): string {
  return `${document.mechanism}\n${document.symbol ?? ''}\n${document.externalId ?? ''}`
}

/** Writes the rows of new records: all but the ids of their documents, which the database gives. */
export function prepareRows(row: Pick<ImportRow, 'source'>, records: readonly ReadRecord[]): PreparedRows {
  const documents = new Map<string, { document: ReadDocument; place: number }>()
  const placeOf = (document: ReadDocument): number => {
    const key = documentKey(document)
    const found = documents.get(key) ?? { document, place: documents.size + 1 }
    documents.set(key, found)
    return found.place
  }
  const rows = records.map((record) => ({
    id: newId(),
    document: placeOf(record.document),
    mechanism: record.document.mechanism,
    cycle: record.document.cycle,
    published: record.document.publishedOn,
    paragraph: record.paragraph,
    sort: record.sortKey,
    kind: record.kind,
    language: record.language,
    hash: record.textHash,
    whole_hash: record.recordHash,
    urgent: record.isUrgent,
    weight: record.weight,
    position: record.position,
    states: record.recommendingStates,
    terms: record.suggested,
    own: record.document.isOwn,
    source: record.source ?? row.source,
    key: record.externalId,
    watermark: record.watermark,
    words: record.text,
    raw: record.rawText,
    response: record.response ?? null,
  }))
  return { json: JSON.stringify(rows), documents: [...documents.values()].map(({ document }) => document) }
}
