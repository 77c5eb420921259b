import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReportDetail } from '#reporting/model'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { useProblemWords } from '../../kit/problem-words.ts'
import { useFormat, useText } from '../../kit/text.tsx'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { upload } from '../../plans/requests.ts'
import { useRenewReports } from './queries.ts'
import styles from './Reports.module.css'
import type { EditorProps } from './SectionEditor.tsx'

const rule = {
  endings: ['.pdf', '.docx', '.xlsx', '.pptx', '.jpg', '.jpeg', '.png', '.tif', '.tiff', '.csv', '.zip'],
  maxBytes: 20_000_000,
}

/** Files that go with the report. */
export function Attachments({ value, change, shape, report, isOpen }: EditorProps<'attachments'>) {
  const t = useText()
  const words = useProblemWords()
  const renew = useRenewReports()
  const add = useMutation({
    mutationFn: (file: File) =>
      upload<{ id: string }>(`/reporting/reports/${report.id}/sections/${shape.key}/files`, file),
    // The server has laid the file in the section: what is written goes on from there.
    onSuccess: async ({ id }) => {
      await renew()
      change({ ...value, fileIds: [...value.fileIds, id] })
    },
  })
  return (
    <div className={styles.fields} data-line={`${shape.key}/*`} tabIndex={-1}>
      <ReportFiles
        report={report}
        fileIds={value.fileIds}
        onRemove={
          isOpen('*') ? (id) => change({ ...value, fileIds: value.fileIds.filter((one) => one !== id) }) : undefined
        }
      />
      {isOpen('*') && value.fileIds.length < shape.most && (
        <FileDrop
          id="attachment"
          label={t('reports.attach')}
          error={add.error ? words(add.error) : undefined}
          rule={rule}
          file={add.isPending ? (add.variables ?? null) : null}
          onFile={(file) => file && add.mutate(file)}
        />
      )}
      <p className={styles.quiet}>{t('reports.files-of', { count: value.fileIds.length, most: shape.most })}</p>
    </div>
  )
}

interface ReportFilesProps {
  report: ReportDetail
  fileIds: readonly string[]
  onRemove?: ((id: string) => void) | undefined
}

/** Files of a report one may download. */
export function ReportFiles({ report, fileIds, onRemove }: ReportFilesProps) {
  const t = useText()
  const format = useFormat()
  const { start, isPending } = useDownload()
  const shown = report.files.filter(({ id }) => fileIds.includes(id))
  if (shown.length === 0) return null
  return (
    <ul className={styles.files}>
      {shown.map((file) => (
        <li key={file.id}>
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={isPending}
            onClick={() => start(`/reporting/reports/${report.id}/files/${file.id}`, file.name)}
          >
            {file.name}
          </Button>
          <span className={styles.quiet}>{format.size(file.size)}</span>
          {onRemove && (
            <Button variant="subtle" size="compact-sm" color="brick" onClick={() => onRemove(file.id)}>
              {t('reports.file-remove', { name: file.name })}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
