import { queryOptions } from '@tanstack/react-query'
import type { Grouping, GroupingNames } from '#recommendations/model'
import { read, write } from '../../plans/requests.ts'

const to = '/recommendations/groupings'

export const groupingsQuery = () =>
  queryOptions({
    queryKey: ['recommendations', 'groupings'],
    queryFn: ({ signal }) => read<Grouping[]>(to, {}, signal),
  })

export const makeGrouping = (names: GroupingNames) => write<Grouping[]>('POST', to, { names })

export const renameGrouping = ({ number, version }: Grouping, names: GroupingNames) =>
  write<Grouping[]>('PUT', `${to}/${number}`, { names, version })

export const retireGrouping = ({ number, version, isRetired }: Grouping) =>
  write<Grouping[]>('PUT', `${to}/${number}/retirement`, { isRetired: !isRetired, version })
