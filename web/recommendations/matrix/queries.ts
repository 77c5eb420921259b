import { queryOptions } from '@tanstack/react-query'
import type { MatrixFormat, MatrixOutline, MatrixSetting } from '#plans/model'
import type { ServerFilter } from '../../kit/lists/requests.ts'
import { read, write } from '../../plans/requests.ts'

export type MatrixAsked = MatrixSetting & { filter: ServerFilter; words: string }

/** How many words the file will have, by its sections. */
export const outlineQuery = ({ filter, ...setting }: MatrixAsked, language: string) =>
  queryOptions({
    queryKey: ['recommendations', 'matrix', setting, filter, language],
    queryFn: ({ signal }) => read<MatrixOutline>('/recommendations/matrix', { ...filter, ...setting }, signal),
    placeholderData: (before) => before,
  })

export const askForMatrix = (asked: MatrixAsked & { format: MatrixFormat; wordLimit: number | null }) =>
  write<{ jobId: string; recommendations: number }>('POST', '/recommendations/matrix-files', asked)
