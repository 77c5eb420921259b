import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { LinkedMeasures } from '#indicators/model'
import { LongTextField } from '../../kit/fields.tsx'
import { ManyPicker, type Find, type Picked } from '../../kit/Picker.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { write } from '../../plans/requests.ts'
import { useRenewLinks } from './queries.ts'

interface Props {
  title: string
  pick: { label: string; help: string; what: string; find: Find }
  path: '/recommendation-measures' | '/task-measures'
  /** The link each of the chosen makes. */
  linkOf: (chosen: Picked) => { measureId: string; recommendationId?: string; nodeId?: string }
  /** What was suggested, chosen already, and why. */
  likely?: { picked: Picked; reason: string } | undefined
  onClose: () => void
}

/** Lays measures to what they tell of: what is picked, and why. */
export function LinkDialog({ title, pick, path, linkOf, likely, onClose }: Props) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewLinks()
  const [chosen, setChosen] = useState<readonly Picked[]>(likely ? [likely.picked] : [])
  const [reason, setReason] = useState(likely?.reason ?? '')
  const link = useMutation({
    mutationFn: () =>
      write<LinkedMeasures>('POST', path, {
        links: chosen.map((one) => ({
          ...linkOf(one),
          origin: likely?.picked.id === one.id ? 'likeness' : 'person',
          reason: reason.trim() === '' ? null : reason.trim(),
        })),
      }),
    onSuccess: async ({ linked }) => {
      await renew()
      toast({ kind: 'done', text: t('linked.done', { linked }) })
      onClose()
    },
  })
  return (
    <DialogForm
      title={title}
      act={title}
      isPending={link.isPending}
      isBlocked={chosen.length === 0}
      problem={link.error}
      onSend={() => link.mutate()}
      onClose={onClose}
    >
      <ManyPicker id="chosen" {...pick} required value={chosen} onChange={setChosen} />
      <LongTextField
        id="reason"
        label={t('linked.reason')}
        help={t('linked.reason-help')}
        value={reason}
        onChange={setReason}
        rows={2}
        maxLength={2000}
      />
    </DialogForm>
  )
}

/** Takes a link away, with why. */
export function UnlinkDialog({
  path,
  link,
  onClose,
}: {
  path: '/recommendation-measures' | '/task-measures'
  link: { id: string; version: number; name: string }
  onClose: () => void
}) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewLinks()
  const [reason, setReason] = useState('')
  const end = useMutation({
    mutationFn: () => write('POST', `${path}/${link.id}/ending`, { version: link.version, reason: reason.trim() }),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('linked.ended') })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('linked.end-title-of')}
      act={t('linked.end')}
      isDestructive
      isPending={end.isPending}
      isBlocked={reason.trim() === ''}
      problem={end.error}
      onSend={() => end.mutate()}
      onClose={onClose}
    >
      <p>{link.name}</p>
      <LongTextField
        id="reason"
        label={t('linked.end-reason')}
        value={reason}
        onChange={setReason}
        rows={3}
        required
        maxLength={2000}
      />
    </DialogForm>
  )
}
