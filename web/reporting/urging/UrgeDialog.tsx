import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { DateField } from '../../kit/DateField.tsx'
import { problemAt } from '../../kit/field-problems.ts'
import { LongTextField, RadioField, TextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { useRenewReporting } from '../regimes/queries.ts'
import { useLetterFile } from './LetterFile.tsx'
import { urge, type Whom } from './queries.ts'

export interface UrgeDialogProps {
  roundId: string
  /** Of whom to choose: each with how many there are; one alone is not asked. */
  choices: readonly { id: 'late' | 'awaited' | 'chosen' | 'listed'; whom: Whom; count: number | undefined }[]
  onClose: () => void
  onSent?: () => void
}

const nothing = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** One letter to all who have not reported: its number and signatory, by when, and what is asked besides; then the file. */
export function UrgeDialog({ roundId, choices, onClose, onSent }: UrgeDialogProps) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenewReporting()
  const files = useLetterFile(onClose)
  const { today } = useSession()
  const [choice, setChoice] = useState(choices[0]?.id ?? 'awaited')
  const [said, setSaid] = useState({ number: '', powers: '', post: '', signer: '', words: '' })
  const [issuedOn, setIssuedOn] = useState<string | null>(null)
  const [reportBy, setReportBy] = useState<string | null>(null)
  const change = (key: keyof typeof said) => (value: string) => setSaid((before) => ({ ...before, [key]: value }))
  const words = (one: UrgeDialogProps['choices'][number]) =>
    t(`urging.whom-${one.id}`, { count: one.count ?? 0, number: format.number(one.count ?? 0) })
  const sending = useMutation({
    mutationFn: () =>
      urge({
        ...{ roundId, filter: choices.find(({ id }) => id === choice)?.whom ?? {}, issuedOn, reportBy },
        ...{ number: nothing(said.number), powers: nothing(said.powers), post: said.post.trim() },
        ...{ signer: nothing(said.signer), words: nothing(said.words) },
      }),
    onSuccess: async ({ id, urged }) => {
      toast({ kind: 'done', text: t('urging.sent', { count: urged, number: format.number(urged) }) })
      onSent?.()
      await renew()
      files.start({ id, urged }, 'docx')
    },
  })
  const [only] = choices
  if (files.making) return files.making
  return (
    <DialogForm
      title={t('urging.dialog')}
      act={t('urging.make')}
      isPending={sending.isPending || sending.isSuccess}
      isBlocked={said.post.trim() === ''}
      problem={sending.error}
      onSend={() => sending.mutate()}
      onClose={onClose}
    >
      <p>{t('urging.dialog-words')}</p>
      {choices.length > 1 ? (
        <RadioField
          id="whom"
          label={t('urging.whom')}
          choices={choices.map((one) => ({ value: one.id, label: words(one) }))}
          value={choice}
          onChange={(value) => setChoice(choices.find(({ id }) => id === value)?.id ?? choice)}
        />
      ) : (
        only && <p>{words(only)}</p>
      )}
      <TextField
        {...{ id: 'number', label: t('urging.number'), help: t('urging.number-help'), letters: 20, maxLength: 60 }}
        error={problemAt(sending.error, 'number')}
        value={said.number}
        onChange={change('number')}
      />
      <DateField
        {...{ id: 'issuedOn', label: t('urging.issued-on'), today, max: today }}
        error={problemAt(sending.error, 'issuedOn')}
        value={issuedOn}
        onChange={setIssuedOn}
      />
      <TextField
        {...{ id: 'powers', label: t('urging.powers'), help: t('urging.powers-help'), letters: 40, maxLength: 200 }}
        value={said.powers}
        onChange={change('powers')}
      />
      <TextField
        {...{ id: 'post', label: t('urging.post'), required: true, letters: 40, maxLength: 200 }}
        error={problemAt(sending.error, 'post')}
        value={said.post}
        onChange={change('post')}
      />
      <TextField
        {...{ id: 'signer', label: t('urging.signer'), letters: 40, maxLength: 200 }}
        value={said.signer}
        onChange={change('signer')}
      />
      <DateField
        {...{ id: 'reportBy', label: t('urging.report-by'), today, min: today }}
        error={problemAt(sending.error, 'reportBy')}
        value={reportBy}
        onChange={setReportBy}
      />
      <LongTextField
        {...{ id: 'words', label: t('urging.words'), help: t('urging.words-help'), rows: 3, maxLength: 4_000 }}
        value={said.words}
        onChange={change('words')}
      />
    </DialogForm>
  )
}
