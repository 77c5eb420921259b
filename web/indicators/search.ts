import type { SearchSource } from '../kit/search.ts'
import { read } from '../plans/requests.ts'
import { indicatorsAt, indicatorTo } from './addresses.ts'
import { isFoundIn } from './find.ts'
import type { Dictionary } from './queries.ts'

const most = 6

/** Indicators by their names and those of their measures. */
export const search: SearchSource = async (query, signal) => {
  const { indicators } = await read<Dictionary>('/indicators', {}, signal)
  const found = indicators.filter((one) => isFoundIn(one, query))
  return [
    {
      label: 'indicators.title',
      items: found.slice(0, most).map((one) => ({
        id: one.id,
        title: one.name,
        detail: one.source.document,
        to: indicatorTo(one.id),
      })),
      ...(found.length > most ? { total: found.length, allTo: indicatorsAt({ search: query }) } : {}),
    },
  ]
}
