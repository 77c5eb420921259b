import { Button, Group } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { OccurrenceDetail, ProgressStatus } from '#plans/model'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField, RadioField } from '../kit/fields.tsx'
import { FieldConflicts } from '../kit/FieldConflicts.tsx'
import type { FieldPath } from '../kit/merge.ts'
import { SaveState } from '../kit/SaveState.tsx'
import { Section } from '../kit/Section.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useMergedDraft } from '../kit/useMergedDraft.ts'
import { EvidenceFiles } from './EvidenceFiles.tsx'
import { taskQuery, useRenew } from './queries.ts'
import { read, write } from './requests.ts'
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

/** The update being written as the server holds it; null version: none is begun. */
function heldOf(work: OccurrenceDetail): { value: Said; version: number | null; id: string | null } {
  const open = work.progress.find((progress) => progress.may.edit)
  return {
    id: open?.id ?? null,
    version: open?.version ?? null,
    value: {
      status: open?.status ?? (work.status === 'not-started' ? 'in-progress' : work.status),
      narrative: open?.narrative ?? '',
      evidenceNote: open?.evidenceNote ?? '',
    },
  }
}

const fieldNames: Record<string, string> = {
  status: 'plans.status',
  narrative: 'plans.narrative',
  evidenceNote: 'plans.evidence-note',
}

const statuses: readonly ProgressStatus[] = ['not-started', 'in-progress', 'blocked', 'completed']

/** What the body says of its work: kept while it is typed, sent to be checked when it is whole. */
export function ProgressForm({ work }: { work: OccurrenceDetail }) {
  const t = useText()
  const toast = useToast()
  const format = useFormat()
  const queries = useQueryClient()
  const renew = useRenew()
  const open = work.progress.find((progress) => progress.may.edit)
  const openId = useRef(open?.id ?? null)
  const save = useCallback(
    async ({ evidenceNote, ...said }: Said, version: number | null) => {
      const note = evidenceNote.trim() === '' ? null : evidenceNote
      const body = { ...said, evidenceNote: note, version }
      const saved = await write<Saved>('PUT', `/tasks/${work.id}/progress`, body)
      openId.current = saved.id
      await queries.invalidateQueries({ queryKey: taskQuery(work.id).queryKey, refetchType: 'none' })
      return saved.version
    },
    [work.id, queries],
  )
  const nameOf = (path: FieldPath) => t(fieldNames[path[0] ?? ''] ?? 'plans.update')
  const newest = useCallback(async () => {
    const now = heldOf(await read<OccurrenceDetail>(`/tasks/${work.id}`))
    return now.id === null ? undefined : now
  }, [work.id])
  const draft = useMergedDraft<Said, number | null>({
    name: `plans.progress.${work.id}`,
    start: useMemo(() => heldOf(work), [work]),
    save,
    newest,
    onTaken: (paths) =>
      toast({
        kind: 'note',
        text: t('kit.conflict-taken', { count: paths.length, fields: format.list(paths.map(nameOf)) }),
      }),
  })
  const { value, change, ensure } = draft
  /** Saves and says which update and version to send; an update nobody has written in is begun. */
  const ensureSaved = useCallback(async (): Promise<Saved> => {
    const version = await ensure()
    if (openId.current === null || version === null) throw new Error('what is saved has an id and a version')
    return { id: openId.current, version }
  }, [ensure])
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
        {draft.conflict ? (
          <FieldConflicts
            merged={draft.conflict.merged}
            nameOf={nameOf}
            wordsOf={(path, said) =>
              path[0] === 'status' ? t('plans.status-is', { status: choice(String(said)) }) : String(said)
            }
            onSettle={draft.conflict.settle}
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
            disabled={draft.conflict !== undefined || isUploading}
          >
            {t('plans.send-update')}
          </Button>
        </Group>
      </form>
    </Section>
  )
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
