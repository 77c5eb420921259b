import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { LocalizedText } from '#platform/model'
import type { DayOfYear, DayRule } from '#reporting/model'
import { LongTextField, SelectField, TextField } from '../../kit/fields.tsx'
import { useLanguage, useText } from '../../kit/text.tsx'
import styles from './Regimes.module.css'

type Language = keyof LocalizedText

export interface WordsFieldProps {
  id: string
  label: string
  value: LocalizedText
  onChange: (value: LocalizedText) => void
  isLong?: boolean
}

/** The same words in every language; the reader's own first. */
export function WordsField({ id, label, value, onChange, isLong = false }: WordsFieldProps) {
  const t = useText()
  const { language, languages } = useLanguage()
  const ordered = languages.toSorted(
    (one, other) => Number(other === language) - Number(one === language),
  ) as Language[]
  const Field = isLong ? LongTextField : TextField
  return ordered.map((one, at) => (
    <Field
      key={one}
      id={`${id}-${one}`}
      label={at === 0 ? label : t('regimes.in-language', { label, language: one })}
      {...(isLong ? { rows: 2 } : {})}
      maxLength={1000}
      value={value[one] ?? ''}
      onChange={(text) => onChange({ ...value, [one]: text })}
    />
  ))
}

export interface NumberFieldProps {
  id: string
  label: string
  value: number | null
  onChange: (value: number | null) => void
  help?: string
}

/** A whole number that is typed; what is no number stays as typed until it is one. */
export function NumberField({ id, label, value, onChange, help }: NumberFieldProps) {
  const [text, setText] = useState(value === null ? '' : String(value))
  return (
    <TextField
      id={id}
      label={label}
      {...(help === undefined ? {} : { help })}
      letters={6}
      value={text}
      onChange={(typed) => {
        setText(typed)
        const read = typed.trim()
        if (read === '') onChange(null)
        else if (/^-?\d{1,4}$/.test(read)) onChange(Number(read))
      }}
    />
  )
}

export interface DayFieldProps {
  id: string
  label: string
  value: DayOfYear | undefined
  onChange: (value: DayOfYear) => void
}

/** A day of the year, typed as `25/5`, and of which year. */
export function DayField({ id, label, value, onChange }: DayFieldProps) {
  const t = useText()
  const [text, setText] = useState(value === undefined ? '' : `${value.day}/${value.month}`)
  const read = /^(\d{1,2})\/(\d{1,2})$/.exec(text.trim())
  const month = Number(read?.[2])
  const date = Number(read?.[1])
  const isRead = read !== null && month >= 1 && month <= 12 && date >= 1 && date <= 31
  return (
    <div className={styles.row}>
      <TextInput
        id={id}
        label={label}
        styles={{ wrapper: { maxWidth: '8ch' } }}
        value={text}
        error={text !== '' && !isRead ? t('regimes.day-wrong') : undefined}
        onChange={(event) => {
          const typed = event.currentTarget.value
          setText(typed)
          const found = /^(\d{1,2})\/(\d{1,2})$/.exec(typed.trim())
          const [day, of] = [Number(found?.[1]), Number(found?.[2])]
          if (found && of >= 1 && of <= 12 && day >= 1 && day <= 31)
            onChange({ year: value?.year ?? 0, month: of, day })
        }}
      />
      <SelectField
        id={`${id}-year`}
        label={t('regimes.of-year')}
        choices={[0, 1, -1].map((year) => ({ value: String(year), label: t(`regimes.year-${year}`) }))}
        value={String(value?.year ?? 0)}
        onChange={(year) => onChange({ month: 1, day: 1, ...value, year: Number(year) })}
      />
    </div>
  )
}

export interface DayRuleFieldProps {
  id: string
  label: string
  value: DayRule
  onChange: (value: DayRule) => void
  /** The parts of the year a day is asked for, with their names. */
  parts: readonly { part: string; name: string }[]
}

/** When something is due: days of each part of the year, or so many days after the period. */
export function DayRuleField({ id, label, value, onChange, parts }: DayRuleFieldProps) {
  const t = useText()
  return (
    <fieldset className={styles.card}>
      <legend>{label}</legend>
      <SelectField
        id={`${id}-kind`}
        label={t('regimes.rule-kind')}
        choices={(['days', 'after-end'] as const).map((kind) => ({ value: kind, label: t(`regimes.rule-${kind}`) }))}
        value={value.kind}
        onChange={(kind) => onChange(kind === 'days' ? { kind: 'days', days: {} } : { kind: 'after-end', days: 0 })}
      />
      {value.kind === 'after-end' ? (
        <NumberField
          id={`${id}-days`}
          label={t('regimes.days-after')}
          value={value.days}
          onChange={(days) => onChange({ kind: 'after-end', days: days ?? 0 })}
        />
      ) : (
        parts.map(({ part, name }) => (
          <DayField
            key={part}
            id={`${id}-${part}`}
            label={name === '' ? t('regimes.day') : t('regimes.day-in', { name })}
            value={value.days[part]}
            onChange={(day) => onChange({ kind: 'days', days: { ...value.days, [part]: day } })}
          />
        ))
      )}
    </fieldset>
  )
}
