import { useQuery } from '@tanstack/react-query'
import type { BodyChange, ReformInput } from '#agencies/model'
import type { UnitChange } from '#territory/model'
import { FieldConflicts } from '../../kit/FieldConflicts.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import type { MergedDraft } from '../../kit/useMergedDraft.ts'
import { readWords } from './requests.ts'
import { bodySentence, unitSentence } from './sentences.ts'

export interface ReformConflictProps {
  conflict: NonNullable<MergedDraft<ReformInput, number>['conflict']>
  name: (key: string) => string
}

const labels: Record<string, string> = {
  title: 'agencies.reform-title',
  legalBasis: 'agencies.basis',
  date: 'agencies.reform-date',
  unitChanges: 'agencies.reform-unit-changes',
  bodyChanges: 'agencies.reform-body-changes',
}

/** Sentences shown of a long list of changes. */
const mostShown = 50

/** Another person changed the same parts of this reform: which of both stands, part by part. */
export function ReformConflict({ conflict, name }: ReformConflictProps) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery({ queryKey: ['reform-words'], queryFn: ({ signal }) => readWords(signal) })
  const naming = { t, list: format.list, name }
  const field = (code: string) => data?.functions.find((each) => each.code === code)?.name ?? code
  return (
    <FieldConflicts
      merged={conflict.merged}
      nameOf={([part = '']) => t(labels[part] ?? 'agencies.reform-head')}
      wordsOf={([part], value) => {
        if (part === 'date') return format.date(String(value))
        if (part === 'unitChanges') return sentences((value as UnitChange[]).map((one) => unitSentence(one, naming)))
        if (part !== 'bodyChanges') return String(value)
        return sentences((value as BodyChange[]).map((one) => bodySentence(one, { ...naming, field })))
      }}
      onSettle={conflict.settle}
    />
  )
  function sentences(all: readonly string[]) {
    const rest = all.length - mostShown
    return (
      <>
        {all.slice(0, mostShown).map((words, at) => (
          <p key={at}>{words}</p>
        ))}
        {rest > 0 && <p>{t('agencies.reform-more-changes', { count: rest })}</p>}
      </>
    )
  }
}
