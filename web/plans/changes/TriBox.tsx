import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import { pressed, type TriState } from './tri-state.ts'

export interface TriBoxProps {
  label: ReactNode
  detail?: ReactNode
  start: TriState
  value: TriState
  onChange: (value: TriState) => void
}

/** A box of three states: on all, on some (left alone), on none. */
export function TriBox({ label, detail, start, value, onChange }: TriBoxProps) {
  return (
    <Checkbox
      label={label}
      description={detail}
      checked={value === 'all'}
      indeterminate={value === 'some'}
      onChange={() => onChange(pressed(value, start))}
    />
  )
}
