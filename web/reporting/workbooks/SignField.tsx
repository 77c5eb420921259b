import { SelectField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'

/** The sign before decimals where figures of a workbook were written as words; '' = nothing is said. */
export function SignField({ sign, onSign }: { sign: string; onSign: (sign: string) => void }) {
  const t = useText()
  return (
    <SelectField
      id="decimalSign"
      label={t('workbooks.sign')}
      help={t('workbooks.sign-help')}
      value={sign}
      onChange={onSign}
      choices={['', ',', '.'].map((value) => ({
        value,
        label: t('workbooks.sign-is', { sign: value === ',' ? 'comma' : value === '.' ? 'point' : 'none' }),
      }))}
    />
  )
}
