import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import type { DraftSection, MoneyLine, ReportDetail, SectionContent } from '#reporting/model'
import { useMergedDraft, type MergedDraft } from '../../kit/useMergedDraft.ts'
import { read, write } from '../../plans/requests.ts'
import { reportQuery } from './queries.ts'

/** A section as it is joined with what others saved: lines of money by row and source, for a row stands in it more than once. */
export type Editable =
  Exclude<SectionContent, { kind: 'money' }> | { kind: 'money'; cells: Readonly<Record<string, MoneyLine>> }

function editableOf(content: SectionContent): Editable {
  if (content.kind !== 'money') return content
  return {
    kind: 'money',
    cells: Object.fromEntries(content.lines.map((line) => [`${line.key}:${line.source}`, line])),
  }
}

function contentOf(value: Editable): SectionContent {
  return value.kind === 'money' ? { kind: 'money', lines: Object.values(value.cells) } : value
}

/** After a failure, saving is tried again by itself. */
const againAfterMs = 10_000

/** Cells of a table are one thing each: half of a figure makes no sense. */
const whole: readonly string[] = ['origins']

/**
 * One section as it is written: saved a moment after the last key over the version its writer saw, joined line by line with what
 * colleagues saved meanwhile; kept in this tab until the server has it, and tried again while the line is down.
 */
export function useSectionDraft(
  reportId: string,
  section: DraftSection,
  onTaken: () => void,
): MergedDraft<Editable, number> {
  const queries = useQueryClient()
  const { key } = section
  const save = useCallback(
    async (value: Editable, version: number) => {
      const content = contentOf(value)
      const saved = await write<{ version: number }>('PUT', `/reporting/reports/${reportId}/sections/${key}`, {
        version,
        content,
      })
      queries.setQueryData(
        reportQuery(reportId).queryKey,
        (report: ReportDetail | undefined) =>
          report && {
            ...report,
            sections: report.sections.map((one) =>
              one.key === key ? { ...one, content, version: saved.version } : one,
            ),
          },
      )
      return saved.version
    },
    [reportId, key, queries],
  )
  const newest = useCallback(async () => {
    const now = await read<ReportDetail>(`/reporting/reports/${reportId}`)
    const held = now.mayWrite ? now.sections.find((one) => one.key === key) : undefined
    return held && { value: editableOf(held.content), version: held.version }
  }, [reportId, key])
  const start = useMemo(() => ({ value: editableOf(section.content), version: section.version }), [section])
  const draft = useMergedDraft<Editable, number>({
    name: `reports.${reportId}.${key}`,
    ...{ start, save, newest, whole, onTaken },
  })
  const { status, saveNow } = draft
  useEffect(() => {
    if (status.kind !== 'failed') return
    const timer = setTimeout(() => void saveNow(), againAfterMs)
    return () => clearTimeout(timer)
  }, [status, saveNow])
  return draft
}
