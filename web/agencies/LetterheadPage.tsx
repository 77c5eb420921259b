import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AgencyDetail, Letterhead, LetterheadPage as Answer, LetterheadSaid } from '#agencies/model'
import { useAsOf, usePathId } from '../kit/address.ts'
import { send } from '../kit/api.ts'
import { DateField } from '../kit/DateField.tsx'
import { LoadFailed } from '../kit/Empty.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { problemAt } from '../kit/field-problems.ts'
import { FieldConflicts } from '../kit/FieldConflicts.tsx'
import { LongTextField, RadioField, TextField } from '../kit/fields.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useMerging } from '../kit/useMerging.ts'
import { read } from '../territory/read.ts'
import { agencyTo } from './addresses.ts'
import styles from './agencies.module.css'

/** How a body heads, numbers and signs its documents: what holds, what it was before, and the form to say it anew. */
export function LetterheadPage() {
  const id = usePathId('agencyId')
  const t = useText()
  const may = useMay()
  const { asOf } = useAsOf()
  const agency = useQuery({
    queryKey: ['agencies', 'one', id, asOf],
    queryFn: ({ signal }) => read<AgencyDetail>(`/agencies/${id}`, { asOf }, signal),
  })
  const letterhead = useQuery({
    queryKey: ['agencies', 'letterhead', id],
    queryFn: ({ signal }) => read<Answer>(`/agencies/${id}/letterhead`, {}, signal),
  })
  const failed = agency.error ?? letterhead.error
  if (failed) return <LoadFailed problem={failed} onRetry={() => void letterhead.refetch()} />
  if (agency.data === undefined || letterhead.data === undefined) return <p role="status">{t('agencies.loading')}</p>
  const { entries, current, newestId, mayEdit } = letterhead.data
  return (
    <>
      <PageHeader
        title={t('agencies.letterhead')}
        crumbs={[
          { label: t('agencies.title'), to: '/co-quan' },
          { label: agency.data.name, to: agencyTo(id) },
          { label: t('agencies.letterhead') },
        ]}
        state={t('agencies.letterhead-words')}
      />
      {mayEdit && may('agencies.edit-letterhead') ? (
        <LetterheadForm key={newestId ?? ''} id={id} current={current} newestId={newestId} />
      ) : (
        current === null && <p>{t('agencies.letterhead-none')}</p>
      )}
      {entries.length > 0 && (
        <Section title={t('agencies.letterhead-entries')}>
          <ol className={styles.plain}>
            {entries.map((entry) => (
              <li key={entry.id}>
                <Entry entry={entry} />
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  )
}

function Entry({ entry }: { entry: Letterhead }) {
  const t = useText()
  const format = useFormat()
  const said = [entry.parentLine, ...entry.nameLines, entry.place, entry.abbreviation, entry.draftingSign, entry.addressLine] // prettier-ignore
  return (
    <>
      {t('agencies.letterhead-from', { date: format.date(entry.validFrom), at: format.dateTime(entry.recordedAt) })}
      <span className={styles.small}>
        {[...said.filter((one) => one !== null), t('agencies.books-are', { books: entry.books })].join(' · ')}
      </span>
      {entry.capacities.map((lines) => (
        <span key={lines} className={styles.small}>
          {lines.split('\n').join(' / ')}
        </span>
      ))}
    </>
  )
}

const blank: Omit<LetterheadSaid, 'validFrom'> = {
  parentLine: null,
  nameLines: [],
  place: null,
  abbreviation: null,
  draftingSign: null,
  books: 'by-kind',
  capacities: [],
  addressLine: null,
}

const blocksOf = (text: string) => text.split(/\n\s*\n/u).map((block) => linesOf(block).join('\n')).filter((block) => block !== '') // prettier-ignore
const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '') // prettier-ignore

interface FormProps {
  id: string
  current: Letterhead | null
  newestId: string | null
}

/** What a body says of its papers, as an entry says it or as the form begins. */
function saidIn(entry: Letterhead | null, today: string): LetterheadSaid {
  const { id: _id, recordedAt: _at, ...said } = entry ?? { ...blank, validFrom: today, id: '', recordedAt: '' }
  return said
}

function LetterheadForm({ id, current, newestId }: FormProps) {
  const t = useText()
  const toast = useToast()
  const format = useFormat()
  const queries = useQueryClient()
  const { today } = useSession()
  const [form, setForm] = useState<LetterheadSaid>(() => ({ ...saidIn(current, today), validFrom: today }))
  const [names, setNames] = useState(() => form.nameLines.join('\n'))
  const [capacities, setCapacities] = useState(() => form.capacities.join('\n\n'))
  const set = (to: Partial<LetterheadSaid>) => setForm((now) => ({ ...now, ...to }))
  const [start] = useState(() => ({ value: { ...saidIn(current, today), validFrom: today }, version: newestId }))
  const merging = useMerging<LetterheadSaid, string | null>({
    start,
    save: async (said, seenId) => {
      const answered = await send('POST', `/agencies/${id}/letterhead`, JSON.stringify({ ...said, seenId }))
      return ((await answered.json()) as Answer).newestId
    },
    newest: async () => {
      const now = await read<Answer>(`/agencies/${id}/letterhead`, {})
      return { value: { ...saidIn(now.current, today), validFrom: today }, version: now.newestId }
    },
  })
  const said = { ...form, nameLines: linesOf(names), capacities: blocksOf(capacities) }
  const save = useMutation({
    mutationFn: merging.put,
    onSuccess: async () => {
      toast({ kind: 'done', text: t('agencies.letterhead-saved') })
      await queries.invalidateQueries({ queryKey: ['agencies', 'letterhead', id] })
    },
  })
  const { conflict, settle } = merging
  const line = (name: 'parentLine' | 'place' | 'abbreviation' | 'draftingSign' | 'addressLine', most: number) => (
    <TextField
      id={name}
      label={t('agencies.letterhead-field', { field: name })}
      help={t('agencies.letterhead-help', { field: name })}
      error={problemAt(save.error, name)}
      value={form[name] ?? ''}
      onChange={(text) => set({ [name]: text.trim() === '' ? null : text })}
      letters={Math.min(most, 40)}
      maxLength={most}
    />
  )
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(said)
      }}
    >
      {conflict ? (
        <FieldConflicts
          merged={(choices) => conflict.over(said, choices)}
          nameOf={([field = '']) => fieldName(field)}
          wordsOf={([field], value) => wordsOf(field, value)}
          onSettle={(choices) => save.mutateAsync(settle(said, choices))}
        />
      ) : (
        <ErrorSummary problem={save.error} />
      )}
      <DateField
        id="validFrom"
        label={t('agencies.letterhead-valid-from')}
        value={form.validFrom}
        onChange={(date) => set({ validFrom: date ?? today })}
        today={today}
      />
      {line('parentLine', 200)}
      <LongTextField
        id="nameLines"
        label={t('agencies.letterhead-field', { field: 'nameLines' })}
        help={t('agencies.letterhead-help', { field: 'nameLines' })}
        error={problemAt(save.error, 'nameLines')}
        value={names}
        onChange={setNames}
        rows={3}
      />
      {line('place', 100)}
      {line('abbreviation', 40)}
      {line('draftingSign', 40)}
      <RadioField
        id="books"
        label={t('agencies.books')}
        choices={(['by-kind', 'one'] as const).map((books) => ({
          value: books,
          label: t('agencies.books-are', { books }),
        }))}
        value={form.books}
        onChange={(books) => set({ books: books === 'one' ? 'one' : 'by-kind' })}
      />
      <LongTextField
        id="capacities"
        label={t('agencies.letterhead-field', { field: 'capacities' })}
        help={t('agencies.letterhead-help', { field: 'capacities' })}
        error={problemAt(save.error, 'capacities')}
        value={capacities}
        onChange={setCapacities}
        rows={6}
      />
      {line('addressLine', 500)}
      <div>
        <Button type="submit" loading={save.isPending} disabled={conflict !== undefined}>
          {t('agencies.letterhead-save')}
        </Button>
      </div>
    </form>
  )
  function fieldName(field: string): string {
    if (field === 'books') return t('agencies.books')
    return field === 'validFrom' ? t('agencies.letterhead-valid-from') : t('agencies.letterhead-field', { field })
  }
  function wordsOf(field: string | undefined, value: unknown): string {
    if (field === 'books') return t('agencies.books-are', { books: String(value) })
    if (field === 'validFrom') return format.date(String(value))
    return Array.isArray(value) ? value.join(field === 'capacities' ? '\n\n' : '\n') : String(value)
  }
}
