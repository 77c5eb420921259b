import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { AddAssessment } from '#recommendations/model'
import { DateField } from '../kit/DateField.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { LongTextField, RadioField, SelectField, TextField } from '../kit/fields.tsx'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { useRenewRecommendations } from './queries.ts'

const { aspect: Aspect, rating: Rating } = AddAssessment.shape

/** Enters what someone from outside found, with what it rests on. */
export function AssessmentDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const { today } = useSession()
  const [draft, setDraft] = useState<Omit<AddAssessment, 'assessedOn'> & { assessedOn: string | null }>({
    ...{ aspect: 'process', rating: 'partly', finding: '', evidence: '', assessor: '', assessedOn: today },
  })
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const save = useMutation({
    mutationFn: () => write('POST', `/recommendations/${id}/assessments`, draft),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('recommendations.assessment-saved') })
      onClose()
    },
  })
  const isWhole = [draft.finding, draft.evidence, draft.assessor].every((words) => words.trim() !== '')
  return (
    <DialogForm
      title={t('recommendations.assess')}
      act={t('recommendations.save')}
      isPending={save.isPending}
      isBlocked={!isWhole || draft.assessedOn === null}
      problem={save.error}
      onSend={() => save.mutate()}
      onClose={onClose}
    >
      <TextField
        id="assessor"
        label={t('recommendations.assessor')}
        help={t('recommendations.assessor-help')}
        error={problemAt(save.error, 'assessor')}
        required
        maxLength={500}
        value={draft.assessor}
        onChange={(assessor) => set({ assessor })}
      />
      <RadioField
        id="aspect"
        label={t('recommendations.aspect')}
        choices={Aspect.options.map((code) => ({
          value: code,
          label: t('recommendations.aspect-explained', { code }),
        }))}
        value={draft.aspect}
        onChange={(aspect) => set({ aspect: Aspect.parse(aspect) })}
      />
      <SelectField
        id="rating"
        label={t('recommendations.rating')}
        choices={Rating.options.map((code) => ({ value: code, label: t('recommendations.rating-is', { code }) }))}
        value={draft.rating}
        onChange={(rating) => set({ rating: Rating.parse(rating) })}
      />
      <LongTextField
        id="finding"
        label={t('recommendations.finding')}
        error={problemAt(save.error, 'finding')}
        required
        maxLength={10_000}
        value={draft.finding}
        onChange={(finding) => set({ finding })}
      />
      <LongTextField
        id="evidence"
        label={t('recommendations.evidence')}
        help={t('recommendations.evidence-help')}
        error={problemAt(save.error, 'evidence')}
        required
        rows={3}
        maxLength={10_000}
        value={draft.evidence}
        onChange={(evidence) => set({ evidence })}
      />
      <DateField
        id="assessedOn"
        label={t('recommendations.assessed-on')}
        error={problemAt(save.error, 'assessedOn')}
        today={today}
        max={today}
        required
        value={draft.assessedOn}
        onChange={(assessedOn) => set({ assessedOn })}
      />
    </DialogForm>
  )
}
