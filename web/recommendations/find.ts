import type { SearchHit } from '#plans/model'
import type { Page } from '#platform/model'
import {
  RecommendationKind,
  type RecommendationImport,
  type RecommendationSummary,
  type SourceDocument,
} from '#recommendations/model'
import type { z } from 'zod'
import type { Say } from '../kit/catalogue.ts'
import type { Find } from '../kit/Picker.tsx'
import { read } from '../plans/requests.ts'
import { shorten } from '../plans/words.ts'
import type { Recommendations } from './queries.ts'
import { placeWords } from './words.ts'

const few = 12

type Document = z.infer<typeof SourceDocument>

const nameOf = ({ symbol, title, publishedOn }: Document) => symbol ?? title ?? publishedOn ?? ''

/** The own State's documents, newest first, narrowed by what was typed. */
export const findDocuments: Find = async (query, signal) => {
  const documents = await read<Document[]>('/recommendations/documents', { size: 200 }, signal)
  const typed = query.toLowerCase()
  return documents
    .filter((document) => nameOf(document).toLowerCase().includes(typed))
    .slice(0, few)
    .map((document) => ({ id: document.id, name: nameOf(document), detail: document.publishedOn ?? '' }))
}

export async function documentName(id: string): Promise<string> {
  const page = await read<Recommendations>('/recommendations', {
    ...{ documentId: id, reach: 'all', size: 1 },
    kind: RecommendationKind.options,
  })
  return page.items[0]?.symbol ?? id
}

/** Files brought into the registry, newest first, narrowed by what was typed. */
export const findImports: Find = async (query, signal) => {
  const { items } = await read<Page<RecommendationImport>>('/recommendations/imports', { size: 200 }, signal)
  const typed = query.toLowerCase()
  return items
    .filter(({ fileName }) => fileName.toLowerCase().includes(typed))
    .slice(0, few)
    .map(({ id, fileName, startedAt }) => ({ id, name: fileName, detail: startedAt.slice(0, 10) }))
}

export async function importName(id: string): Promise<string> {
  return (await read<RecommendationImport>(`/recommendations/imports/${id}`, {})).fileName
}

/** Tasks of issued plans by their words, diacritics forgiven. */
export const findTasks: Find = async (query, signal) => {
  if (query === '') return []
  const hits = await read<SearchHit[]>('/search', { search: query }, signal)
  return hits.filter(({ kind }) => kind === 'task').map(({ id, title, detail }) => ({ id, name: title, detail }))
}

/** The State's own recommendations by their words, of all cycles, but for one. */
export function findOthers(than: string, t: Say): Find {
  return async (query, signal) => {
    const page = await read<Recommendations>(
      '/recommendations',
      { search: query || undefined, reach: 'own', size: few },
      signal,
    )
    return page.items.filter(({ id }) => id !== than).map((one) => picked(one, t))
  }
}

function picked(one: RecommendationSummary, t: Say) {
  return { id: one.id, name: shorten(one.translation ?? one.text, 140), detail: placeWords(one, t) }
}

/** Where a recommendation stands, by its id. */
export function recommendationName(t: Say): (id: string) => Promise<string> {
  return async (id) => {
    const page = await read<Recommendations>('/recommendations', { id, reach: 'all', size: 1 })
    const [one] = page.items
    return one === undefined ? id : placeWords(one, t)
  }
}
