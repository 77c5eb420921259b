import type { SearchSource } from '../kit/search.ts'
import { read } from '../plans/requests.ts'
import { shorten } from '../plans/shorten.ts'
import { recommendationsTo, recommendationTo, reaches } from './addresses.ts'
import type { Recommendations } from './queries.ts'

const most = 6

/** Recommendations to the own State of all cycles, by their words. */
export const search: SearchSource = async (query, signal) => {
  const { items, total } = await read<Recommendations>(
    '/recommendations',
    { search: query, reach: 'own', size: most },
    signal,
  )
  return [
    {
      label: 'recommendations.title',
      items: items.map((one) => ({
        id: one.id,
        title: shorten(one.translation ?? one.text, 140),
        detail: [one.symbol, one.paragraph].filter((word) => word !== null).join(' · '),
        to: recommendationTo(one.id),
      })),
      ...(total > most ? { total, allTo: recommendationsTo({ search: query, reach: reaches.own }) } : {}),
    },
  ]
}
