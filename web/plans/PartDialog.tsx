import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Joint } from '#plans/model'
import { LongTextField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from './DialogForm.tsx'
import { useRenew } from './queries.ts'
import { write } from './requests.ts'
import { withPath } from './words.ts'

/** Parts two joined tasks; joining them again undoes it. */
export function PartDialog({ workId, joint, onClose }: { workId: string; joint: Joint; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const [reason, setReason] = useState('')
  const rejoin = async () => {
    const enterAt = joint.homeNodeId === joint.other.nodeId ? 'there' : 'here'
    await write('POST', `/tasks/${workId}/joints`, { nodeId: joint.other.nodeId, enterAt, reason: joint.reason })
    await renew()
  }
  const part = useMutation({
    mutationFn: () => write('POST', `/joints/${joint.id}/parting`, { version: joint.version, reason }),
    onSuccess: async () => {
      toast({ kind: 'done', text: t('plans.parted'), act: { label: t('plans.undo'), run: () => void rejoin() } })
      await renew()
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('plans.part')}
      act={t('plans.part')}
      isDestructive
      isPending={part.isPending}
      isBlocked={reason.trim() === ''}
      problem={part.error}
      onSend={() => part.mutate()}
      onClose={onClose}
    >
      <p>{withPath(joint.other.path, joint.other.text)}</p>
      <p>{t('plans.part-words')}</p>
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
