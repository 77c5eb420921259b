import type { DraftTime, Frequency, TimeKind } from '#plans/model'
import { DateField } from '../kit/DateField.tsx'
import { SelectField, TextField } from '../kit/fields.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import styles from './Editor.module.css'
import { choice } from './words.ts'

const kinds: readonly TimeKind[] = ['by', 'range', 'recurring', 'continuous', 'on-event']
const frequencies: readonly Frequency[] = ['week', 'month', 'quarter', 'half-year', 'year', 'day']

/** When a task is to be done: what it means, and the words the document prints. */
export function TimeFields({ time, onChange }: { time: DraftTime | null; onChange: (time: DraftTime | null) => void }) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  /** The words we would write; while they stand untouched they follow the dates. */
  const wordsOf = (of: DraftTime): string =>
    t('plans.letter-time', {
      kind: choice(of.kind),
      from: of.from ? format.date(of.from) : '…',
      to: of.to ? format.date(of.to) : '…',
      frequency: choice(of.frequency ?? 'year'),
    })
  function set(to: Partial<DraftTime>) {
    if (!time) return
    const next = { ...time, ...to }
    const isOurs = time.text === '' || time.text === wordsOf(time)
    onChange(to.text === undefined && isOurs ? { ...next, text: wordsOf(next) } : next)
  }
  function choose(value: string) {
    const kind = kinds.find((one) => one === value)
    if (!kind) return onChange(null)
    const isDated = kind === 'by' || kind === 'range'
    const next: DraftTime = {
      kind,
      text: '',
      from: kind === 'range' || kind === 'recurring' ? (time?.from ?? null) : null,
      to: isDated || kind === 'recurring' ? (time?.to ?? null) : null,
      frequency: kind === 'recurring' ? (time?.frequency ?? 'year') : null,
    }
    const isOurs = !time || time.text === '' || time.text === wordsOf(time)
    onChange({ ...next, text: isOurs ? wordsOf(next) : time.text })
  }
  return (
    <fieldset className={styles.time} id="node.time" tabIndex={-1}>
      <legend>{t('plans.time')}</legend>
      <div className={styles.row}>
        <SelectField
          id="node.time.kind"
          label={t('plans.time-kind')}
          choices={[
            { value: '', label: t('plans.no-time') },
            ...kinds.map((kind) => ({ value: kind, label: t('plans.time-kind-is', { kind: choice(kind) }) })),
          ]}
          value={time?.kind ?? ''}
          onChange={choose}
        />
        {time?.kind === 'recurring' && (
          <SelectField
            id="node.time.frequency"
            label={t('plans.frequency')}
            choices={frequencies.map((frequency) => ({
              value: frequency,
              label: t('plans.frequency-is', { frequency: choice(frequency) }),
            }))}
            value={time.frequency ?? ''}
            onChange={(value) => set({ frequency: frequencies.find((one) => one === value) ?? null })}
          />
        )}
        {(time?.kind === 'range' || time?.kind === 'recurring') && (
          <DateField
            id="node.time.from"
            label={t('plans.time-from')}
            value={time.from}
            onChange={(from) => set({ from })}
            today={today}
            max={time.to ?? undefined}
          />
        )}
        {time && time.kind !== 'continuous' && time.kind !== 'on-event' && (
          <DateField
            id="node.time.to"
            label={t(time.kind === 'by' ? 'plans.time-until' : 'plans.time-to')}
            value={time.to}
            onChange={(to) => set({ to })}
            today={today}
            min={time.from ?? undefined}
          />
        )}
      </div>
      {time && (
        <TextField
          id="node.time.text"
          label={t('plans.time-as-printed')}
          value={time.text}
          onChange={(text) => set({ text })}
          maxLength={500}
        />
      )}
    </fieldset>
  )
}
