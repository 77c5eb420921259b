import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ForeignSummary, PlanDetail } from '#plans/model'
import { problemAt } from '../kit/field-problems.ts'
import { RadioField, TextField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { DialogForm } from './DialogForm.tsx'
import { LinesField } from './LinesField.tsx'
import { FormatField } from './PaperDialog.tsx'
import { download } from './requests.ts'

const languages = ['en', 'fr']

/** A short summary of the plan in another language: headings are given, the words are the officer's own. */
export function SummaryDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const [summary, setSummary] = useState<ForeignSummary>({
    language: languages[0] ?? '',
    title: '',
    agency: null,
    texts: [],
    format: 'docx',
  })
  const set = (to: Partial<ForeignSummary>) => setSummary((now) => ({ ...now, ...to }))
  const fetch = useMutation({
    mutationFn: () => download(`/plans/${plan.id}/summary`, `summary.${summary.format}`, summary),
    onSuccess: onClose,
  })
  return (
    <DialogForm
      title={t('plans.summary')}
      act={t('plans.download')}
      isPending={fetch.isPending}
      isBlocked={summary.title.trim() === '' || summary.texts.length === 0}
      problem={fetch.error}
      onSend={() => fetch.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.summary-words')}</p>
      <RadioField
        id="language"
        label={t('plans.summary-language')}
        choices={languages.map((language) => ({ value: language, label: t('plans.language-is', { language }) }))}
        value={summary.language}
        onChange={(language) => set({ language })}
      />
      <TextField
        id="title"
        label={t('plans.summary-title')}
        error={problemAt(fetch.error, 'title')}
        value={summary.title}
        onChange={(title) => set({ title })}
        maxLength={500}
        required
      />
      <TextField
        id="agency"
        label={t('plans.summary-agency')}
        help={t('plans.summary-agency-help', { name: plan.issuer.name })}
        value={summary.agency ?? ''}
        onChange={(agency) => set({ agency: agency.trim() === '' ? null : agency })}
        maxLength={300}
      />
      <LinesField
        id="texts"
        label={t('plans.summary-text')}
        help={t('plans.one-a-line')}
        error={problemAt(fetch.error, 'texts')}
        value={summary.texts}
        onChange={(texts) => set({ texts })}
        rows={8}
        required
      />
      <FormatField value={summary.format} onChange={(format) => set({ format })} />
    </DialogForm>
  )
}
