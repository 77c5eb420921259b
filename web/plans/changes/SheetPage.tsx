import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changeLimits, type ChangeSetDetail } from '#plans/model'
import { usePathId } from '../../kit/address.ts'
import { LoadFailed } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { PageHeader, type Crumb } from '../../kit/PageHeader.tsx'
import { Section } from '../../kit/Section.tsx'
import { useText } from '../../kit/text.tsx'
import { editorTo, planDraftTo } from '../addresses.ts'
import { useDownload } from '../DownloadButton.tsx'
import { planInShort } from '../PlanPage.tsx'
import { planQuery } from '../queries.ts'
import { upload } from '../requests.ts'
import { changeSetTo } from './addresses.ts'
import styles from './Changes.module.css'

/** A draft as a spreadsheet: out, and in again. */
export function DraftSheetPage() {
  const t = useText()
  const id = usePathId('planId')
  const { data: plan, error, refetch } = useQuery(planQuery(id, true))
  if (error && !plan) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!plan) return null
  const crumbs = [
    { label: planInShort(plan), to: planDraftTo(id) },
    { label: t('plans.editor-title'), to: editorTo(id) },
    { label: t('changes.by-sheet') },
  ]
  return <SheetSteps about="draft" path={`/plans/${id}/draft/sheet`} crumbs={crumbs} />
}

/** One's own work as a spreadsheet: out, filled in, and in again. */
export function ProgressSheetPage() {
  const t = useText()
  const crumbs = [{ label: t('plans.tasks-title'), to: '/nhiem-vu' }, { label: t('changes.by-sheet') }]
  return <SheetSteps about="progress" path="/progress-sheet" crumbs={crumbs} />
}

function SheetSteps({ about, path, crumbs }: { about: 'draft' | 'progress'; path: string; crumbs: readonly Crumb[] }) {
  const t = useText()
  const navigate = useNavigate()
  const { start, isPending } = useDownload()
  const [file, setFile] = useState<File | null>(null)
  const loading = useMutation({
    mutationFn: (chosen: File) => upload<ChangeSetDetail>(path, chosen),
    onSuccess: ({ id }) => navigate({ to: changeSetTo(id) }),
  })
  return (
    <>
      <PageHeader title={t(`changes.sheet-${about}-title`)} state={t(`changes.sheet-${about}-state`)} crumbs={crumbs} />
      <Section title={t('changes.sheet-get')}>
        <div className={styles.acts}>
          {(['xlsx', 'csv'] as const).map((format) => (
            <Button
              key={format}
              variant="default"
              leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
              loading={isPending}
              onClick={() => start(`${path}?format=${format}`, `${about}.${format}`)}
            >
              {t(`changes.sheet-${format}`)}
            </Button>
          ))}
        </div>
      </Section>
      <Section title={t('changes.sheet-give')}>
        <ErrorSummary problem={loading.error} />
        <FileDrop
          id="file"
          label={t('changes.sheet-file')}
          rule={{ endings: ['.xlsx', '.csv'], maxBytes: changeLimits.sheetBytes }}
          file={file}
          onFile={setFile}
        />
        <div className={styles.acts}>
          <Button disabled={file === null} loading={loading.isPending} onClick={() => file && loading.mutate(file)}>
            {t('changes.sheet-check')}
          </Button>
        </div>
      </Section>
    </>
  )
}
