import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanDetail } from '#plans/model'
import { FileDrop } from '../kit/FileDrop.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from './DialogForm.tsx'
import { useRenew } from './queries.ts'
import { upload } from './requests.ts'

const rule = { endings: ['.pdf', '.docx', '.jpg', '.jpeg', '.png', '.tif', '.tiff'], maxBytes: 40_000_000 }

/** Lays the signed document or its scan under the version; its hash is kept and shown. */
export function AttachDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenew()
  const [file, setFile] = useState<File | null>(null)
  const attach = useMutation({
    mutationFn: (given: File) => upload(`/plans/${plan.id}/files`, given),
    onSuccess: async (_done, given) => {
      toast({ kind: 'done', text: t('plans.file-added', { name: given.name }) })
      onClose()
      await renew()
    },
  })
  return (
    <DialogForm
      title={t('plans.attach')}
      act={t('plans.attach-act')}
      isPending={attach.isPending}
      isBlocked={file === null}
      problem={attach.error}
      onSend={() => file && attach.mutate(file)}
      onClose={onClose}
    >
      <p>{t('plans.attach-words')}</p>
      <FileDrop id="file" label={t('plans.signed-file')} rule={rule} file={file} onFile={setFile} />
    </DialogForm>
  )
}
