import { Button, Group } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { OccurrenceDetail, ProgressStatus } from '#plans/model'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField, RadioField } from '../kit/fields.tsx'
import { ApiProblem } from '../kit/problem.ts'
import { SaveState } from '../kit/SaveState.tsx'
import { Section } from '../kit/Section.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useDraft } from '../kit/useDraft.ts'
import { EvidenceFiles } from './EvidenceFiles.tsx'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'
import styles from './Task.module.css'
import { choice } from './words.ts'

interface Said {
  status: ProgressStatus
  narrative: string
  evidenceNote: string
}

interface Saved {
  id: string
  version: number
}

const statuses: readonly ProgressStatus[] = ['not-started', 'in-progress', 'blocked', 'completed']

/** What the body says of its work: kept while it is typed, sent to be checked when it is whole. */
export function ProgressForm({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const open = work.progress.find((progress) => progress.may.edit)
  const saved = useRef<Saved | null>(open ? { id: open.id, version: open.version } : null)
  const save = useCallback(
    async ({ evidenceNote, ...said }: Said) => {
      saved.current = await write<Saved>('PUT', `/tasks/${work.id}/progress`, {
        ...said,
        evidenceNote: evidenceNote.trim() === '' ? null : evidenceNote,
        version: saved.current?.version ?? null,
      })
      return saved.current
    },
    [work.id],
  )
  const draft = useDraft<Said>({
    name: `plans.progress.${work.id}`,
    start: {
      status: open?.status ?? (work.status === 'not-started' ? 'in-progress' : work.status),
      narrative: open?.narrative ?? '',
      evidenceNote: open?.evidenceNote ?? '',
    },
    save,
  })
  const ensureSaved = useCallback(async () => {
    await draft.saveNow()
    return saved.current ?? (await save(draft.value))
  }, [draft, save])
  const send = useMutation({
    mutationFn: async () => {
      const { id, version } = await ensureSaved()
      await write('POST', `/progress/${id}/submission`, { version })
    },
    onSuccess: async () => {
      toast({ kind: 'done', text: t('plans.update-sent') })
      await renew()
    },
  })
  const [isUploading, setUploading] = useState(false)
  const { value, change } = draft
  const failed = draft.status.kind === 'failed' ? draft.status.problem : undefined
  return (
    <Section
      title={t('plans.write-update')}
      acts={<SaveState status={draft.status} onRetry={() => void draft.saveNow()} />}
    >
      <form
        id="cap-nhat"
        tabIndex={-1}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Returned work={work} />
        {isStale(failed) ? (
          <Stale
            onReload={() => {
              sessionStorage.removeItem(`mangnon.draft.plans.progress.${work.id}`)
              location.reload()
            }}
          />
        ) : (
          <ErrorSummary problem={send.error ?? failed} />
        )}
        <RadioField
          id="status"
          label={t('plans.status')}
          choices={statuses.map((status) => ({
            value: status,
            label: t('plans.status-is', { status: choice(status) }),
          }))}
          value={value.status}
          onChange={(status) => change({ ...value, status: statuses.find((one) => one === status) ?? value.status })}
        />
        <LongTextField
          id="narrative"
          label={t('plans.narrative')}
          help={t('plans.narrative-help')}
          error={problemAt(send.error ?? failed, 'narrative')}
          value={value.narrative}
          onChange={(narrative) => change({ ...value, narrative })}
          rows={7}
          maxLength={20_000}
          required
        />
        <LongTextField
          id="evidenceNote"
          label={t('plans.evidence-note')}
          help={t('plans.evidence-note-help')}
          value={value.evidenceNote}
          onChange={(evidenceNote) => change({ ...value, evidenceNote })}
          rows={2}
          maxLength={4000}
        />
        <EvidenceFiles
          progressId={open?.id}
          files={open?.files ?? []}
          before={async () => (await ensureSaved()).id}
          onBusy={setUploading}
        />
        <Group gap="xs">
          <Button
            type="submit"
            leftSection={<IconSend size={18} stroke={1.6} aria-hidden />}
            loading={send.isPending}
            disabled={isStale(failed) || isUploading}
          >
            {t('plans.send-update')}
          </Button>
        </Group>
      </form>
    </Section>
  )
}

function isStale(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === 'platform.stale-version'
}

/** Why it came back, above the field that must be corrected. */
function Returned({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const format = useFormat()
  const returned = work.progress.find((progress) => progress.may.edit && progress.reason !== null)
  if (!returned) return null
  return (
    <div className={styles.returned}>
      <StatusBadge tone="returned">
        {t('plans.returned-by', {
          person: returned.checkedByName ?? '',
          at: returned.checkedAt ? format.dateTime(returned.checkedAt) : '',
        })}
      </StatusBadge>
      <p>{returned.reason}</p>
    </div>
  )
}

function Stale({ onReload }: { onReload: () => void }) {
  const t = useText()
  return (
    <div className={styles.returned} role="alert">
      <p>{t('plans.update-stale')}</p>
      <Button variant="default" onClick={onReload}>
        {t('plans.reload-newest')}
      </Button>
    </div>
  )
}
