import { Checkbox, NativeSelect, PasswordInput, Radio, Textarea, TextInput } from '@mantine/core'
import type { HTMLInputAutoCompleteAttribute, ReactNode } from 'react'

/** What every field has: a label above, help under it, an error beside it. `id` is the JSON pointer without slash: `dueOn`. */
export interface FieldProps {
  id: string
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  required?: boolean
  disabled?: boolean
}

export interface TextFieldProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  autoComplete?: HTMLInputAutoCompleteAttribute
  /** How wide what is asked for is, in letters; a box as long as the answer. */
  letters?: number
  maxLength?: number
}

function width(letters: number | undefined): { wrapper: { maxWidth: string } } | undefined {
  return letters ? { wrapper: { maxWidth: `${letters + 4}ch` } } : undefined
}

/** One line of text. */
export function TextField({ help, letters, onChange, ...rest }: TextFieldProps) {
  return (
    <TextInput
      {...rest}
      description={help}
      styles={width(letters)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** A password, which may be shown. `showLabel` names the button that shows it. */
export function PasswordField({ help, letters, onChange, showLabel, ...rest }: TextFieldProps & { showLabel: string }) {
  return (
    <PasswordInput
      {...rest}
      description={help}
      styles={width(letters)}
      visibilityToggleButtonProps={{ 'aria-label': showLabel, tabIndex: 0 }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Several lines of text; grows with what is written. */
export function LongTextField({ help, letters, onChange, rows = 4, ...rest }: TextFieldProps & { rows?: number }) {
  return (
    <Textarea
      {...rest}
      description={help}
      styles={width(letters)}
      rows={rows}
      resize="vertical"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export interface Choice {
  value: string
  label: string
}

export interface ChoiceFieldProps extends FieldProps {
  choices: readonly Choice[]
  value: string
  onChange: (value: string) => void
}

/** One of many, in the browser's own list. */
export function SelectField({ help, choices, onChange, ...rest }: ChoiceFieldProps) {
  return (
    <NativeSelect
      {...rest}
      description={help}
      data={[...choices]}
      maw="32rem"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** One of a few, all in sight. */
export function RadioField({ help, choices, onChange, disabled, ...rest }: ChoiceFieldProps) {
  return (
    <Radio.Group {...rest} description={help} onChange={onChange}>
      {choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} label={choice.label} disabled={disabled} mt="xs" />
      ))}
    </Radio.Group>
  )
}

export interface CheckFieldProps extends FieldProps {
  value: boolean
  onChange: (value: boolean) => void
}

/** Yes or no. */
export function CheckField({ help, value, onChange, ...rest }: CheckFieldProps) {
  return (
    <Checkbox
      {...rest}
      description={help}
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
