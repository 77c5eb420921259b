import { useQuery } from '@tanstack/react-query'
import type { PlanDetail, PlanHeader } from '#plans/model'
import { DateField } from '../kit/DateField.tsx'
import { LongTextField, SelectField, TextField } from '../kit/fields.tsx'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import styles from './Editor.module.css'
import { CapacitySuggestion, NumberSuggestion } from './HeaderSuggestions.tsx'
import { LinesField } from './LinesField.tsx'
import { choicesQuery } from './queries.ts'

export interface HeaderFormProps {
  plan: PlanDetail
  header: PlanHeader
  onChange: (header: PlanHeader) => void
}

/** The head of the document: kind, number, place and date, title, bases, who signs, to whom it goes. */
export function HeaderForm({ plan, header, onChange }: HeaderFormProps) {
  const t = useText()
  const { today } = useSession()
  const { data: choices } = useQuery(choicesQuery)
  const kinds = (choices?.kinds ?? []).map(({ code, name }) => ({ value: code, label: name }))
  const known = kinds.some((kind) => kind.value === header.kind)
    ? kinds
    : [{ value: header.kind, label: header.kind }, ...kinds]
  const set = (to: Partial<PlanHeader>) => onChange({ ...header, ...to })
  const sign = (to: Partial<PlanHeader['signature']>) => set({ signature: { ...header.signature, ...to } })
  const orNull = (text: string) => (text === '' ? null : text)
  return (
    <div className={styles.form}>
      <p className={styles.quiet}>{t('plans.issued-as', { agency: plan.issuer.name })}</p>
      <div className={styles.row}>
        <SelectField
          id="header.kind"
          label={t('plans.document-kind')}
          choices={known}
          value={header.kind}
          onChange={(kind) => set({ kind })}
        />
        <TextField
          id="header.number"
          label={t('plans.number')}
          help={t('plans.number-help')}
          value={header.number ?? ''}
          onChange={(number) => set({ number: orNull(number) })}
          letters={20}
          maxLength={60}
        />
        <TextField
          id="header.place"
          label={t('plans.place')}
          value={header.place ?? ''}
          onChange={(place) => set({ place: orNull(place) })}
          letters={20}
          maxLength={100}
        />
        <DateField
          id="header.issuedOn"
          label={t('plans.issued-on')}
          value={header.issuedOn}
          onChange={(issuedOn) => set({ issuedOn })}
          today={today}
        />
      </div>
      <NumberSuggestion plan={plan} header={header} onTake={set} />
      <LongTextField
        id="header.title"
        label={t('plans.title')}
        help={t('plans.title-help')}
        error={header.title.trim() === '' ? t('plans.missing-field', { field: 'title' }) : undefined}
        value={header.title}
        onChange={(title) => set({ title })}
        rows={3}
        maxLength={2000}
        required
      />
      <LinesField
        id="header.bases"
        label={t('plans.bases')}
        help={t('plans.one-a-line')}
        value={header.bases}
        onChange={(bases) => set({ bases })}
      />
      <div className={styles.row}>
        <DateField
          id="header.periodFrom"
          label={t('plans.period-from')}
          value={header.periodFrom}
          onChange={(periodFrom) => set({ periodFrom })}
          today={today}
        />
        <DateField
          id="header.periodTo"
          label={t('plans.period-to')}
          value={header.periodTo}
          onChange={(periodTo) => set({ periodTo })}
          today={today}
          min={header.periodFrom ?? undefined}
        />
      </div>
      <CapacitySuggestion plan={plan} header={header} onTake={set} />
      <div className={styles.row}>
        <LinesField
          id="header.signature.powers"
          label={t('plans.signed-for')}
          help={t('plans.signed-for-help')}
          rows={2}
          value={header.signature.powers}
          onChange={(powers) => sign({ powers: powers.slice(0, 4) })}
        />
        <TextField
          id="header.signature.post"
          label={t('plans.signer-post')}
          value={header.signature.post}
          onChange={(post) => sign({ post })}
          letters={30}
          maxLength={200}
        />
        <TextField
          id="header.signature.name"
          label={t('plans.signer-name')}
          value={header.signature.name}
          onChange={(name) => sign({ name })}
          letters={30}
          maxLength={200}
        />
      </div>
      <LinesField
        id="header.recipients"
        label={t('plans.recipients')}
        help={t('plans.one-a-line')}
        value={header.recipients}
        onChange={(recipients) => set({ recipients })}
        rows={4}
      />
    </div>
  )
}
