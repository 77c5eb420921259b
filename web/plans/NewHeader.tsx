import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PlanHeader } from '#plans/model'
import { LongTextField, SelectField } from '../kit/fields.tsx'
import { useText } from '../kit/text.tsx'
import { blankHeader } from './blank.ts'
import { choicesQuery } from './queries.ts'

/** The head of a plan that begins, as far as it is asked for: kind of document and title; undefined until both are there. */
export function useNewHeader(offered = '') {
  const { data: choices } = useQuery(choicesQuery)
  const [picked, setKind] = useState<string>()
  const [typed, setTitle] = useState<string>()
  const kind = picked ?? choices?.usualKind ?? ''
  const title = typed ?? offered
  const header: PlanHeader | undefined = choices && title.trim() !== '' ? blankHeader(kind, title.trim()) : undefined
  return { header, fields: { kinds: choices?.kinds ?? [], kind, setKind, title, setTitle } }
}

type NewHeaderFieldsProps = ReturnType<typeof useNewHeader>['fields'] & { rows: number }

/** Asks for the kind of document and the title of a plan that begins. */
export function NewHeaderFields({ kinds, kind, setKind, title, setTitle, rows }: NewHeaderFieldsProps) {
  const t = useText()
  return (
    <>
      <SelectField
        id="header.kind"
        label={t('plans.document-kind')}
        choices={kinds.map(({ code, name }) => ({ value: code, label: name }))}
        value={kind}
        onChange={setKind}
      />
      <LongTextField
        id="header.title"
        label={t('plans.title')}
        help={t('plans.title-help')}
        value={title}
        onChange={setTitle}
        maxLength={2000}
        rows={rows}
        required
      />
    </>
  )
}
