import { queryOptions } from '@tanstack/react-query'
import type { JointReading, WorkbookReading } from '#reporting/model'
import { send } from '../../kit/api.ts'
import { stringifySearch } from '../../kit/url.ts'
import { read, write } from '../../plans/requests.ts'

/** What is said of a workbook besides its bytes. `decimalSign`: where figures were written as words. */
type Said = { decimalSign: string | undefined }

const place = (reportId: string) => `/reporting/reports/${reportId}/workbook`

async function give<T = WorkbookReading>(
  path: string,
  file: File,
  query: Record<string, string | undefined>,
): Promise<T> {
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  const response = await send('POST', path + stringifySearch(query), bytes)
  return (await response.json()) as T
}

export const workbookPath = place

/** What a workbook would change; nothing is changed. */
export const lookAt = (reportId: string, file: File, said: Said) => give(`${place(reportId)}/reading`, file, said)

/** Takes the lines chosen into the draft, as they were looked at. */
export const take = (reportId: string, file: File, said: Said & { digest: string; lines: string }) =>
  give(place(reportId), file, { ...said, takes: 'with-conflicts' })

const jointPlace = (roundId: string) => `/reporting/rounds/${roundId}/joint-workbook`

/** Lets one workbook of all bodies whose reports come here be made. */
export const askForJoint = (roundId: string) => write<{ jobId: string; bodies: number }>('POST', jointPlace(roundId))

/** What a workbook of many bodies says for each; nothing reaches them yet. */
export const lookAtJoint = (roundId: string, file: File, said: Said) =>
  give<JointReading>(`${jointPlace(roundId)}/reading`, file, { ...said, name: file.name })

export const handParts = (roundId: string, partIds: readonly string[]) =>
  write<{ handed: number }>('POST', `${jointPlace(roundId)}/handing`, { partIds })

const partPlace = (id: string) => `/reporting/workbook-parts/${id}`

/** What waits at a report, compared with its draft of now. */
export const partQuery = (id: string) =>
  queryOptions({
    queryKey: ['workbook-part', id],
    queryFn: ({ signal }) => read<WorkbookReading>(partPlace(id), {}, signal),
    staleTime: 0,
    gcTime: 0,
  })

export const takePart = (id: string, said: { digest: string; lines: string }) =>
  write<WorkbookReading>('POST', partPlace(id) + stringifySearch({ ...said, takes: 'with-conflicts' }))

export const leavePart = (id: string) => write('POST', `${partPlace(id)}/leaving`)
