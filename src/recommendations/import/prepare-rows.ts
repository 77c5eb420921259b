import { newId } from '#platform'
import type { ReadDocument, ReadRecord } from '../reading/record.ts'
import type { ImportRow } from './store.ts'

type Column =
  | 'id'
  | 'document'
  | 'mechanism'
  | 'cycle'
  | 'published'
  | 'paragraph'
  | 'sort'
  | 'kind'
  | 'language'
  | 'hash'
  | 'wholeHash'
  | 'urgent'
  | 'weight'
  | 'position'
  | 'states'
  | 'terms'
  | 'own'
  | 'source'
  | 'key'
  | 'watermark'
  | 'words'
  | 'raw'
  | 'response'

/**
 * Records as the rows that are inserted of them, each column an array as PostgreSQL reads it, which costs it half of what rows as
 * JSON do; and the documents they stand in, which `document` counts from 1.
 */
export type PreparedRows = { columns: Record<Column, string>; documents: ReadDocument[] }

/** What tells a document: mechanism, symbol, its id at the source. */
export function documentKey(document: Pick<ReadDocument, 'mechanism' | 'symbol' | 'externalId'>): string {
  return `${document.mechanism}\n${document.symbol ?? ''}\n${document.externalId ?? ''}`
}

/** Writes the rows of new records: all but the ids of their documents, which the database gives. */
export function prepareRows(row: Pick<ImportRow, 'source'>, records: readonly ReadRecord[]): PreparedRows {
  const documents = new Map<string, { document: ReadDocument; place: number }>()
  const places = records.map(({ document }) => {
    const key = documentKey(document)
    const found = documents.get(key) ?? { document, place: documents.size + 1 }
    documents.set(key, found)
    return found.place
  })
  const column = (of: (record: ReadRecord) => Value) => arrayWords(records.map(of))
  return {
    documents: [...documents.values()].map(({ document }) => document),
    columns: {
      id: column(() => newId()),
      document: arrayWords(places),
      mechanism: column((record) => record.document.mechanism),
      cycle: column((record) => record.document.cycle),
      published: column((record) => record.document.publishedOn),
      paragraph: column((record) => record.paragraph),
      sort: column((record) => record.sortKey),
      kind: column((record) => record.kind),
      language: column((record) => record.language),
      hash: column((record) => record.textHash),
      wholeHash: column((record) => record.recordHash),
      urgent: column((record) => record.isUrgent),
      weight: column((record) => record.weight),
      position: column((record) => record.position),
      states: column((record) => arrayWords(record.recommendingStates)),
      terms: column((record) => `{${record.suggested.join(',')}}`),
      own: column((record) => record.document.isOwn),
      source: column((record) => record.source ?? row.source),
      key: column((record) => record.externalId),
      watermark: column((record) => record.watermark),
      words: column((record) => record.text),
      raw: column((record) => record.rawText),
      response: column((record) => record.response ?? null),
    },
  }
}

type Value = string | number | boolean | null

/** Values as PostgreSQL reads an array of them. */
function arrayWords(values: readonly Value[]): string {
  return `{${values.map(itemWords).join(',')}}`
}

function itemWords(value: Value): string {
  if (typeof value === 'string') return `"${needsEscape.test(value) ? value.replace(escaped, '\\$&') : value}"`
  return value === null ? 'NULL' : String(value)
}

const needsEscape = /["\\]/
const escaped = /["\\]/g
