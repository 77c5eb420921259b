import { useMutation } from '@tanstack/react-query'
import type { Progress } from '#plans/model'
import { FileDrop } from '../kit/FileDrop.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useDownload } from './DownloadButton.tsx'
import { useRenew } from './queries.ts'
import { upload } from './requests.ts'
import styles from './Task.module.css'

const rule = {
  endings: ['.pdf', '.docx', '.xlsx', '.pptx', '.jpg', '.jpeg', '.png', '.tif', '.tiff', '.csv', '.zip'],
  maxBytes: 20_000_000,
}

export interface EvidenceFilesProps {
  progressId: string | undefined
  files: Progress['files']
  /** The update the file lies under, saved first if it is not yet. */
  before: () => Promise<string>
  /** A file is on its way: what it belongs to must not be sent meanwhile, for it would go without the file. */
  onBusy: (isBusy: boolean) => void
}

/** Files of evidence: those that lie there, and a place for one more. */
export function EvidenceFiles({ progressId, files, before, onBusy }: EvidenceFilesProps) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenew()
  const add = useMutation({
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    mutationFn: async (file: File) => upload<{ id: string }>(`/progress/${await before()}/evidence`, file),
    onSuccess: async (_done, file) => {
      toast({ kind: 'done', text: t('plans.file-added', { name: file.name }) })
      await renew()
    },
  })
  return (
    <div>
      {progressId !== undefined && <FileList progressId={progressId} files={files} />}
      <FileDrop
        id="evidence"
        label={t('plans.evidence-files')}
        error={add.error ? words(add.error) : undefined}
        rule={rule}
        file={add.isPending ? (add.variables ?? null) : null}
        onFile={(file) => file && add.mutate(file)}
      />
    </div>
  )
}

/** Files one may download, with what the server vouches for. */
export function FileList({ progressId, files }: { progressId: string; files: Progress['files'] }) {
  const t = useText()
  const format = useFormat()
  const { start, isPending } = useDownload()
  if (files.length === 0) return null
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <li key={file.id}>
          <button
            type="button"
            className={styles.file}
            disabled={isPending}
            onClick={() => start(`/progress/${progressId}/evidence/${file.id}`, file.name)}
          >
            {file.name}
          </button>{' '}
          <span className={styles.quiet}>
            {t('plans.file-facts', { size: format.size(file.size), at: format.dateTime(file.storedAt) })}
          </span>
        </li>
      ))}
    </ul>
  )
}
