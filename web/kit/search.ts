/** One thing found. */
export interface Found {
  id: string
  title: string
  /** A second line: who issued it, where it lies. */
  detail?: string
  /** Address of its page, parameters filled in. */
  to: string
}

/** Things of one kind that were found. */
export interface FoundGroup {
  /** Message key of the kind's name: `plans.tasks` */
  label: string
  items: readonly Found[]
  /** How many there are in all, when known. */
  total?: number
  /** Address of the list of them all, when there are or may be more than shown. */
  allTo?: string
}

/** Looks for what was typed; diacritics are forgiven by the server. */
export type SearchSource = (query: string, signal: AbortSignal) => Promise<readonly FoundGroup[]>

/** One source out of several, in their order; when one fails the whole says so, rather than seem complete. */
export function searchEverywhere(sources: readonly SearchSource[]): SearchSource | undefined {
  if (sources.length === 0) return undefined
  return async (query, signal) => (await Promise.all(sources.map((source) => source(query, signal)))).flat()
}
