import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LetterheadPage } from '#agencies/model'
import type { NextNumber, PlanDetail, PlanHeader } from '#plans/model'
import { SelectField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { read } from './requests.ts'

interface SuggestionProps {
  plan: PlanDetail
  header: PlanHeader
  onTake: (to: Partial<PlanHeader>) => void
}

/** The next number of the book, offered while the plan has none: taken only when someone presses it. */
export function NumberSuggestion({ plan, header, onTake }: SuggestionProps) {
  const t = useText()
  const { data: next } = useQuery({
    queryKey: ['plans', 'next-number', plan.id, plan.version],
    queryFn: ({ signal }) => read<NextNumber>(`/plans/${plan.id}/next-number`, {}, signal),
    enabled: header.number === null,
  })
  if (next === undefined || header.number !== null) return null
  return (
    <p>
      {next.after === null
        ? t('plans.number-first', { year: String(next.year) })
        : t('plans.number-after', { after: next.after, year: String(next.year) })}{' '}
      <Button variant="default" size="compact-md" onClick={() => onTake({ number: next.number })}>
        {t('plans.number-take', { number: next.number })}
      </Button>
    </p>
  )
}

/** The capacities in which the body has said its documents are signed. */
export function CapacitySuggestion({ plan, header, onTake }: SuggestionProps) {
  const t = useText()
  const { data: letterhead } = useQuery({
    queryKey: ['agencies', 'letterhead', plan.issuer.id],
    queryFn: ({ signal }) => read<LetterheadPage>(`/agencies/${plan.issuer.id}/letterhead`, {}, signal),
  })
  const capacities = letterhead?.current?.capacities ?? []
  if (capacities.length === 0) return null
  const { powers, post } = header.signature
  const now = [...powers, post].join('\n')
  return (
    <SelectField
      id="header.capacity"
      label={t('plans.capacity')}
      choices={[
        { value: '', label: t('plans.capacity-other') },
        ...capacities.map((lines) => ({ value: lines, label: lines.split('\n').join(' / ') })),
      ]}
      value={capacities.includes(now) ? now : ''}
      onChange={(chosen) => {
        const lines = chosen.split('\n')
        if (chosen === '') return
        onTake({ signature: { ...header.signature, powers: lines.slice(0, -1), post: lines.at(-1) ?? '' } })
      }}
    />
  )
}
