import { useState } from 'react'
import type { MatrixOutline } from '#plans/model'
import { SelectField, TextField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'

const own = 'own'

interface LimitFieldProps {
  limits: MatrixOutline['limits']
  limit: number | null
  onChange: (limit: string | undefined) => void
}

/** How many words it may have: what the UN allows documents of States, or a number of one's own. */
export function LimitField({ limits, limit, onChange }: LimitFieldProps) {
  const t = useText()
  const format = useFormat()
  const known = limits.find(({ words }) => words === limit)
  const [chosen, setChosen] = useState<string>()
  const isOwn = chosen === own || (limit !== null && known === undefined && limits.length > 0)
  const [typed, setTyped] = useState(limit === null ? '' : String(limit))
  const isWrong = isOwn && typed !== '' && !/^[1-9]\d{0,6}$/.test(typed)
  return (
    <>
      <SelectField
        id="limit"
        label={t('matrix.limit')}
        value={
          isOwn
            ? own
            : (limits.find(({ code, words }) => code === chosen && words === limit)?.code ?? known?.code ?? '')
        }
        onChange={(value) => {
          setChosen(value)
          if (value === own) return setTyped(limit === null ? '' : String(limit))
          onChange(String(limits.find(({ code }) => code === value)?.words ?? '') || undefined)
        }}
        choices={[
          { value: '', label: t('matrix.limit-none') },
          ...limits.map(({ code, name, words }) => ({
            value: code,
            label: t('matrix.limit-is', { name, words: format.number(words) }),
          })),
          { value: own, label: t('matrix.limit-own') },
        ]}
      />
      {isOwn && (
        <TextField
          id="wordLimit"
          label={t('matrix.limit-words')}
          error={isWrong ? t('matrix.limit-wrong') : undefined}
          letters={8}
          value={typed}
          onChange={(value) => {
            const digits = value.replace(/[\s.,]/gu, '')
            setTyped(digits)
            onChange(/^[1-9]\d{0,6}$/.test(digits) ? digits : undefined)
          }}
        />
      )}
    </>
  )
}
