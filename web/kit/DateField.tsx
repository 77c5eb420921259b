import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { DateText } from './format.ts'
import { useFormat, useText } from './text.tsx'
import { parseTypedDate } from './typed-date.ts'

export interface DateFieldProps {
  id?: string
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  value: DateText | null
  onChange: (value: DateText | null) => void
  /** Fills in the year when it is not typed. */
  today: DateText
  min?: DateText
  max?: DateText
  required?: boolean
  disabled?: boolean
}

/** A date that is typed, day first. What cannot be read stays as typed, with the reason beside it. */
export function DateField({
  id,
  label,
  help,
  error,
  value,
  onChange,
  today,
  min,
  max,
  required,
  disabled,
}: DateFieldProps) {
  const t = useText()
  const format = useFormat()
  const [text, setText] = useState(value ? format.date(value) : '')
  const [wrong, setWrong] = useState<string | undefined>()
  const sent = useRef(value)
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setText(value ? format.date(value) : '')
    setWrong(undefined)
  }, [value, format])
  function send(date: DateText | null) {
    sent.current = date
    onChange(date)
  }
  function read(typed: string) {
    setText(typed)
    setWrong(undefined)
    const date = parseTypedDate(typed, today)
    send(date && !outside(date) ? date : null)
  }
  function outside(date: DateText): string | undefined {
    if (min && date < min) return t('kit.date-too-early', { date: format.date(min) })
    if (max && date > max) return t('kit.date-too-late', { date: format.date(max) })
    return undefined
  }
  function leave() {
    if (text.trim() === '') return
    const date = parseTypedDate(text, today)
    if (!date) return setWrong(t('kit.date-unreadable'))
    setText(format.date(date))
    setWrong(outside(date))
  }
  return (
    <TextInput
      id={id}
      label={label}
      description={help ?? t('kit.date-help')}
      error={wrong ?? error}
      value={text}
      onChange={(event) => read(event.currentTarget.value)}
      onBlur={leave}
      inputMode="numeric"
      autoComplete="off"
      styles={{ wrapper: { maxWidth: '11rem' } }}
      required={required}
      disabled={disabled}
    />
  )
}
