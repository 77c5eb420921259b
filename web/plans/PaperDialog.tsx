import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { FileFormat, Urgency } from '#documents/model'
import { RadioField, SelectField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { DialogForm } from './DialogForm.tsx'
import { download } from './requests.ts'

/** Word or PDF: Word to go on writing, PDF to sign and send. */
export function FormatField({ value, onChange }: { value: FileFormat; onChange: (format: FileFormat) => void }) {
  const t = useText()
  return (
    <RadioField
      id="format"
      label={t('plans.format')}
      choices={FileFormat.options.map((format) => ({ value: format, label: t('plans.format-is', { format }) }))}
      value={value}
      onChange={(chosen) => onChange(FileFormat.parse(chosen))}
    />
  )
}

/** A stamp of urgency, or none. */
export function UrgencyField({
  value,
  onChange,
}: {
  value: Urgency | undefined
  onChange: (urgency: Urgency | undefined) => void
}) {
  const t = useText()
  return (
    <SelectField
      id="urgency"
      label={t('plans.urgency')}
      choices={[
        { value: '', label: t('plans.urgency-none') },
        ...Urgency.options.map((one) => ({ value: one, label: t('plans.urgency-is', { urgency: one }) })),
      ]}
      value={value ?? ''}
      onChange={(chosen) => onChange(Urgency.safeParse(chosen).data)}
    />
  )
}

/** An official document: in which file, and whether it bears a stamp of urgency. */
export function PaperDialog(props: { title: string; path: string; name: string; onClose: () => void }) {
  const { title, path, name, onClose } = props
  const t = useText()
  const [format, setFormat] = useState<FileFormat>('docx')
  const [urgency, setUrgency] = useState<Urgency>()
  const query = new URLSearchParams({ format, ...(urgency && { urgency }) })
  const fetch = useMutation({
    mutationFn: () => download(`${path}${path.includes('?') ? '&' : '?'}${query}`, `${name}.${format}`),
    onSuccess: onClose,
  })
  return (
    <DialogForm
      title={title}
      act={t('plans.download')}
      isPending={fetch.isPending}
      problem={fetch.error}
      onSend={() => fetch.mutate()}
      onClose={onClose}
    >
      <FormatField value={format} onChange={setFormat} />
      <UrgencyField value={urgency} onChange={setUrgency} />
    </DialogForm>
  )
}
