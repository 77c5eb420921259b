import { Button } from '@mantine/core'
import type { RegimeChoices, RegimeDefinition } from '#reporting/model'
import { partsOfWindow } from '#reporting/model'
import { SelectField, TextField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import { DayField, WordsField } from './fields.tsx'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

type Window = RegimeDefinition['window']
const frequencies = ['month', 'quarter', 'half-year', 'nine-months', 'year'] as const

export interface WindowFieldsProps {
  value: Window
  onChange: (value: Window) => void
  choices: RegimeChoices
}

/** The stretches of time reported on: of a calendar, or the regime's own. */
export function WindowFields({ value, onChange, choices }: WindowFieldsProps) {
  const t = useText()
  return (
    <fieldset className={styles.card}>
      <legend>{t('regimes.window')}</legend>
      <SelectField
        id="window-kind"
        label={t('regimes.window-kind')}
        choices={(['calendar', 'own'] as const).map((kind) => ({ value: kind, label: t(`regimes.window-${kind}`) }))}
        value={value.kind}
        onChange={(kind) =>
          onChange(
            kind === 'own'
              ? { kind: 'own', parts: [newPart('A1')] }
              : { kind: 'calendar', calendar: choices.calendars[0]?.code ?? '', frequency: 'half-year' },
          )
        }
      />
      {value.kind === 'calendar' ? (
        <div className={styles.row}>
          <SelectField
            id="window-calendar"
            label={t('regimes.calendar-of')}
            choices={[
              ...choices.calendars.map(({ code, day, shiftMonths }) => ({
                value: code,
                label: t('regimes.calendar-named', { day, month: ((12 + shiftMonths) % 12) + 1 }),
              })),
              { value: '', label: t('regimes.calendar-plain') },
            ]}
            value={value.calendar}
            onChange={(calendar) => onChange({ ...value, calendar })}
          />
          <SelectField
            id="window-frequency"
            label={t('regimes.frequency')}
            choices={frequencies.map((one) => ({ value: one, label: t(`regimes.frequency-${one}`) }))}
            value={value.frequency}
            onChange={(frequency) =>
              onChange({ ...value, frequency: frequencies.find((one) => one === frequency) ?? 'year' })
            }
          />
        </div>
      ) : (
        <OwnParts parts={value.parts} onChange={(parts) => onChange({ kind: 'own', parts })} />
      )}
    </fieldset>
  )
}

type Parts = Extract<Window, { kind: 'own' }>['parts']
const newPart = (part: string): Parts[number] => ({
  ...{ part, names: {} },
  ...{ from: { year: 0, month: 1, day: 1 }, to: { year: 1, month: 1, day: 1 } },
})

function OwnParts({ parts, onChange }: { parts: Parts; onChange: (parts: Parts) => void }) {
  const t = useText()
  const change = (at: number, part: Partial<Parts[number]>) =>
    onChange(parts.map((one, place) => (place === at ? { ...one, ...part } : one)))
  return (
    <>
      {parts.map((part, at) => (
        <fieldset key={at} className={styles.card}>
          <legend>{t('regimes.part-at', { number: at + 1 })}</legend>
          <TextField
            id={`part-${at}`}
            label={t('regimes.part-code')}
            help={t('regimes.part-code-help')}
            letters={4}
            maxLength={2}
            value={part.part}
            onChange={(code) => change(at, { part: code.toUpperCase() })}
          />
          <WordsField
            id={`part-${at}-names`}
            label={t('regimes.part-name')}
            value={part.names}
            onChange={(names) => change(at, { names })}
          />
          <DayField
            id={`part-${at}-from`}
            label={t('regimes.part-from')}
            value={part.from}
            onChange={(from) => change(at, { from })}
          />
          <DayField
            id={`part-${at}-to`}
            label={t('regimes.part-to')}
            value={part.to}
            onChange={(to) => change(at, { to })}
          />
          {parts.length > 1 && (
            <div>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => onChange(parts.filter((_, place) => place !== at))}
              >
                {t('regimes.remove-part')}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      {parts.length < 12 && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onChange([...parts, newPart(`A${parts.length + 1}`)])}
          >
            {t('regimes.add-part')}
          </Button>
        </div>
      )}
    </>
  )
}

/** The parts of the year a rule of days is asked for, with what a reader calls them. */
export function usePartNames(window: Window): { part: string; name: string }[] {
  const t = useText()
  const words = useRegimeWords()
  return partsOfWindow(window).map((part) => {
    const own = window.kind === 'own' ? window.parts.find((one) => one.part === part) : undefined
    if (own !== undefined) return { part, name: words.say(own.names) || part }
    return {
      part,
      name:
        part === ''
          ? ''
          : t('regimes.part-of-year', { part: partKey(part), number: Number(/\d+/.exec(part)?.[0] ?? 0) }),
    }
  })
}

const partKey = (part: string) =>
  part.startsWith('Q') ? 'quarter' : part.startsWith('S') ? 'half' : part.startsWith('M') ? 'nine' : 'month'
