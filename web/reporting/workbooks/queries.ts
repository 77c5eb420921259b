import type { WorkbookReading } from '#reporting/model'
import { send } from '../../kit/api.ts'
import { stringifySearch } from '../../kit/url.ts'

/** What is said of a workbook besides its bytes. `decimalSign`: where figures were written as words. */
type Said = { decimalSign: string | undefined }

const place = (reportId: string) => `/reporting/reports/${reportId}/workbook`

async function give(path: string, file: File, query: Record<string, string | undefined>): Promise<WorkbookReading> {
  const bytes = new Blob([file], { type: 'application/octet-stream' })
  const response = await send('POST', path + stringifySearch(query), bytes)
  return (await response.json()) as WorkbookReading
}

export const workbookPath = place

/** What a workbook would change; nothing is changed. */
export const lookAt = (reportId: string, file: File, said: Said) => give(`${place(reportId)}/reading`, file, said)

/** Takes the lines chosen into the draft, as they were looked at. */
export const take = (reportId: string, file: File, said: Said & { digest: string; lines: string }) =>
  give(place(reportId), file, { ...said, takes: 'with-conflicts' })
