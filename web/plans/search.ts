import type { SearchHit } from '#plans/model'
import type { FoundGroup, SearchSource } from '../kit/search.ts'
import { planTo, plansTo, tasksTo } from './addresses.ts'
import { read } from './requests.ts'

/** The server gives at most this many of a kind; then there may be more. */
const most = 8

const kinds: readonly {
  kind: SearchHit['kind']
  label: string
  to: (id: string) => string
  all?: (search: string) => string
}[] = [
  { kind: 'plan', label: 'plans.list-title', to: planTo, all: (search) => plansTo({ search }) },
  { kind: 'task', label: 'plans.tasks-title', to: (id) => tasksTo({ node: id }), all: (search) => tasksTo({ search }) },
  { kind: 'document', label: 'plans.documents', to: (id) => `/van-ban/${id}` },
  { kind: 'agency', label: 'plans.agencies', to: (id) => `/co-quan/${id}` },
  { kind: 'unit', label: 'plans.units', to: (id) => `/dia-ban/${id}` },
]

/** The search of the top bar: everything the server finds, by kind. */
export const search: SearchSource = async (query, signal) => {
  const hits = await read<SearchHit[]>('/search', { search: query }, signal)
  return kinds.map(({ kind, label, to, all }): FoundGroup => {
    const own = hits.filter((hit) => hit.kind === kind)
    return {
      label,
      items: own.map((hit) => ({
        id: hit.id,
        title: hit.title,
        detail: kind === 'document' ? undefined : hit.detail || undefined,
        to: to(hit.id),
      })),
      allTo: own.length >= most ? all?.(query) : undefined,
    }
  })
}
