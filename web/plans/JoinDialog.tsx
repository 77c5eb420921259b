import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Page } from '#platform/model'
import type { Joinable, LedTask } from '#plans/model'
import { LongTextField, RadioField } from '../kit/fields.tsx'
import { Picker, type Find } from '../kit/Picker.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from './DialogForm.tsx'
import { useRenew } from './queries.ts'
import { read, write } from './requests.ts'
import styles from './Serving.module.css'
import { shorten, withPath } from './words.ts'

/** One of two tasks of a joint, as the dialog names it. */
export type End = Pick<LedTask, 'occurrenceId' | 'planTitle' | 'planNumber' | 'path' | 'text'>

export interface JoinDialogProps {
  from: End
  /** The other task, when it is known already, and why the body would join them. */
  suggested?: { joinable: Joinable; reason: string }
  onClose: () => void
}

/** Tasks a page of the list of those that may be joined gives at once. */
const few = 12

const planOf = (end: End): string => end.planNumber ?? shorten(end.planTitle, 60)

/** Joins a task with one of another plan: which, at which of the two progress is entered, and why. */
export function JoinDialog({ from, suggested, onClose }: JoinDialogProps) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const found = useRef(new Map<string, Joinable>())
  const [other, setOther] = useState<Joinable | null>(suggested?.joinable ?? null)
  const [chosen, setChosen] = useState<'here' | 'there' | null>(null)
  const [reason, setReason] = useState(suggested?.reason ?? '')
  const enterAt = chosen ?? (other?.faults.here === null ? 'here' : 'there')
  const fault = other?.faults[enterAt] ?? null
  const find: Find = async (search, signal) => {
    const query = { search: search || undefined, size: few }
    const page = await read<Page<Joinable>>(`/tasks/${from.occurrenceId}/joinable`, query, signal)
    for (const item of page.items) found.current.set(item.task.nodeId, item)
    return page.items.map(({ task }) => ({
      id: task.nodeId,
      name: shorten(withPath(task.path, task.text), 160),
      detail: planOf(task),
    }))
  }
  const join = useMutation({
    mutationFn: () =>
      write('POST', `/tasks/${from.occurrenceId}/joints`, { nodeId: other?.task.nodeId, enterAt, reason }),
    onSuccess: async () => {
      toast({ kind: 'done', text: t('plans.joined') })
      await renew()
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('plans.join')}
      act={t('plans.join-act')}
      isPending={join.isPending}
      isBlocked={other === null || fault !== null || reason.trim() === ''}
      problem={join.error}
      onSend={() => join.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.join-words')}</p>
      <Facing label={planOf(from)} end={from} />
      {suggested ? (
        <Facing label={planOf(suggested.joinable.task)} end={suggested.joinable.task} />
      ) : (
        <Picker
          id="other"
          label={t('plans.join-other')}
          help={t('plans.join-other-help')}
          what={`joinable ${from.occurrenceId}`}
          find={find}
          value={
            other && { id: other.task.nodeId, name: shorten(withPath(other.task.path, other.task.text), 120), detail: planOf(other.task) } // prettier-ignore
          }
          onChange={(picked) => {
            setOther(picked ? (found.current.get(picked.id) ?? null) : null)
            setChosen(null)
          }}
          required
        />
      )}
      {other && (
        <RadioField
          id="enterAt"
          label={t('plans.enter-at')}
          help={t('plans.enter-at-help')}
          error={fault === null ? undefined : t(fault)}
          choices={[
            { value: 'here', label: t('plans.enter-at-plan', { plan: planOf(from) }) },
            { value: 'there', label: t('plans.enter-at-plan', { plan: planOf(other.task) }) },
          ]}
          value={enterAt}
          onChange={(value) => setChosen(value === 'here' ? 'here' : 'there')}
        />
      )}
      <LongTextField
        id="reason"
        label={t('plans.reason')}
        value={reason}
        onChange={setReason}
        maxLength={2000}
        rows={2}
        required
      />
    </DialogForm>
  )
}

function Facing({ label, end }: { label: string; end: End }) {
  return (
    <p className={styles.facing}>
      <span>{label}</span>
      {withPath(end.path, end.text)}
    </p>
  )
}
