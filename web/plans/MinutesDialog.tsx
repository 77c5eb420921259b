import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { MeetingMinutes, PlanDetail } from '#plans/model'
import { problemAt } from '../kit/field-problems.ts'
import { TextField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { DialogForm } from './DialogForm.tsx'
import { LinesField } from './LinesField.tsx'
import { FormatField, UrgencyField } from './PaperDialog.tsx'
import { download } from './requests.ts'

const lines = ['attendees', 'contents', 'conclusions'] as const
const blank: MeetingMinutes = {
  title: '',
  startedAt: null,
  endedAt: null,
  place: null,
  attendees: [],
  chairName: null,
  chairPost: null,
  secretary: null,
  contents: [],
  conclusions: [],
  format: 'docx',
}

/** Minutes of a meeting on the plan, written here and downloaded; what is left empty is a blank to fill in by hand. */
export function MinutesDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const [minutes, setMinutes] = useState<MeetingMinutes>({ ...blank, title: t('plans.minutes-of', { title: plan.title }) }) // prettier-ignore
  const set = (to: Partial<MeetingMinutes>) => setMinutes((now) => ({ ...now, ...to }))
  const fetch = useMutation({
    mutationFn: () => download(`/plans/${plan.id}/minutes`, `minutes.${minutes.format}`, minutes),
    onSuccess: onClose,
  })
  const line = (name: 'startedAt' | 'place' | 'chairName' | 'chairPost' | 'secretary' | 'endedAt') => (
    <TextField
      id={name}
      label={t('plans.minutes-field', { field: name })}
      error={problemAt(fetch.error, name)}
      value={minutes[name] ?? ''}
      onChange={(text) => set({ [name]: text.trim() === '' ? null : text })}
      maxLength={200}
    />
  )
  return (
    <DialogForm
      title={t('plans.minutes')}
      act={t('plans.download')}
      isPending={fetch.isPending}
      isBlocked={minutes.title.trim() === ''}
      problem={fetch.error}
      onSend={() => fetch.mutate()}
      onClose={onClose}
    >
      <p>{t('plans.minutes-words')}</p>
      <TextField
        id="title"
        label={t('plans.minutes-field', { field: 'title' })}
        error={problemAt(fetch.error, 'title')}
        value={minutes.title}
        onChange={(title) => set({ title })}
        maxLength={500}
        required
      />
      {line('startedAt')}
      {line('place')}
      {line('chairName')}
      {line('chairPost')}
      {line('secretary')}
      {lines.map((name) => (
        <LinesField
          key={name}
          id={name}
          label={t('plans.minutes-field', { field: name })}
          help={t('plans.one-a-line')}
          value={minutes[name]}
          onChange={(texts) => set({ [name]: texts })}
        />
      ))}
      {line('endedAt')}
      <UrgencyField value={minutes.urgency} onChange={(urgency) => set({ urgency })} />
      <FormatField value={minutes.format} onChange={(format) => set({ format })} />
    </DialogForm>
  )
}
