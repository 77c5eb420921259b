import { queryOptions } from '@tanstack/react-query'
import type { FigureImport, IncomingTerm } from '#indicators/model'
import type { Page } from '#platform/model'
import { send } from '../../kit/api.ts'
import { stringifySearch } from '../../kit/url.ts'
import { read, write, type Query } from '../../plans/requests.ts'
import { termsAt } from './addresses.ts'

export const incomingTermsQuery = (id: string, query: Query) =>
  queryOptions({
    queryKey: ['indicators', 'import-terms', id, query],
    queryFn: ({ signal }) => read<Page<IncomingTerm>>(`${termsAt}/${id}/rows`, query, signal),
    placeholderData: (before) => before,
  })

/** Takes in the good rows of a file, or those chosen. */
export const takeTerms = (id: string, rows?: readonly number[]) =>
  write<FigureImport>('POST', `${termsAt}/${id}/acceptance`, { takes: 'good', rows })

/** Sends a file, with what holds where it leaves something open. */
export async function giveTerms(file: File, usual: Query): Promise<FigureImport> {
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  return (await (
    await send('POST', `${termsAt}${stringifySearch({ fileName: file.name, ...usual })}`, bytes)
  ).json()) as FigureImport
}
