import { useEffect, useState } from 'react'
import type { FieldProps } from '../kit/fields.tsx'
import { LongTextField } from '../kit/fields.tsx'

export interface LinesFieldProps extends FieldProps {
  value: readonly string[]
  onChange: (lines: string[]) => void
  rows?: number
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** A list written one a line; blank lines are passed over, what is being typed stays as typed. */
export function LinesField({ value, onChange, rows = 3, ...field }: LinesFieldProps) {
  const [text, setText] = useState(() => value.join('\n'))
  useEffect(() => {
    setText((now) => (linesOf(now).join('\n') === value.join('\n') ? now : value.join('\n')))
  }, [value])
  return (
    <LongTextField
      {...field}
      rows={Math.max(rows, Math.min(12, value.length + 1))}
      value={text}
      onChange={(typed) => {
        setText(typed)
        onChange(linesOf(typed))
      }}
    />
  )
}
