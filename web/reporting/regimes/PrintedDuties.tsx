import { Button } from '@mantine/core'
import type { PrintedDuty } from '#reporting/model'
import { CheckField, SelectField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import type { SaidYears, Year } from './FromDocumentPage.tsx'
import styles from './Regimes.module.css'

export interface PrintedDutiesProps {
  duties: readonly PrintedDuty[]
  chosen: readonly number[]
  years: SaidYears
  /** The regime below is made from what is chosen; a change begins anew. */
  isTaken: boolean
  onChoose: (chosen: readonly number[]) => void
  onSay: (key: string, year: Year | null) => void
  onTake: () => void
  onChange: () => void
}

/** Each sentence as printed, beside what was read of it; what its words leave open is asked. */
export function PrintedDuties({ duties, chosen, years, isTaken, ...on }: PrintedDutiesProps) {
  const t = useText()
  return (
    <>
      <ul className={styles.printed}>
        {duties.map((duty, at) => (
          <li key={at} className={styles.printedDuty}>
            <div>
              <CheckField
                id={`duty-${at}`}
                label={t('regimes.take-sentence', { number: at + 1 })}
                value={chosen.includes(at)}
                disabled={isTaken}
                onChange={(is) => on.onChoose(is ? [...chosen, at] : chosen.filter((one) => one !== at))}
              />
              <blockquote className={styles.quote}>{duty.raw}</blockquote>
              {duty.source.line !== null && (
                <p className={styles.detail}>{t('regimes.at-line', { line: duty.source.line })}</p>
              )}
            </div>
            <ReadOf {...{ duty, at, years, isTaken }} onSay={on.onSay} />
          </li>
        ))}
      </ul>
      <div className={styles.acts}>
        {isTaken ? (
          <Button variant="default" onClick={on.onChange}>
            {t('regimes.choose-again')}
          </Button>
        ) : (
          <Button disabled={chosen.length === 0} onClick={on.onTake}>
            {t('regimes.take-words')}
          </Button>
        )}
      </div>
    </>
  )
}

type ReadOfProps = { duty: PrintedDuty; at: number } & Pick<PrintedDutiesProps, 'years' | 'isTaken' | 'onSay'>

function ReadOf({ duty, at, years, isTaken, onSay }: ReadOfProps) {
  const t = useText()
  const { read } = duty
  const none = t('regimes.not-read')
  const body = (raw: string | null, name: string | null) =>
    raw === null ? none : name === null || name === raw ? raw : t('regimes.read-as', { raw, name })
  const asked = [
    ...read.days.flatMap((one, day) =>
      one.year === null
        ? [{ key: `${at}.${day}`, label: t('regimes.which-year', { day: `${one.day}/${one.month}` }) }]
        : [],
    ),
    ...(read.window?.fromYear === null
      ? [
          {
            key: `${at}.window`,
            label: t('regimes.which-year-from', { day: `${read.window.from.day}/${read.window.from.month}` }),
          },
        ]
      : []),
  ]
  return (
    <div>
      <dl className={styles.facts}>
        <dt>{t('regimes.read-who')}</dt>
        <dd>{body(duty.who, duty.whoMeans.name)}</dd>
        <dt>{t('regimes.read-to')}</dt>
        <dd>{body(duty.to, duty.toMeans.name)}</dd>
        <dt>{t('regimes.read-due')}</dt>
        <dd>{duty.due ?? none}</dd>
        <dt>{t('regimes.read-often')}</dt>
        <dd>
          {duty.frequency === null ? none : t('regimes.often', { frequency: duty.frequency.replaceAll('-', '_') })}
        </dd>
        <dt>{t('regimes.read-window')}</dt>
        <dd>
          {read.window === null
            ? none
            : t('regimes.window-read', {
                from: `${read.window.from.day}/${read.window.from.month}`,
                to: `${read.window.to.day}/${read.window.to.month}`,
              })}
        </dd>
      </dl>
      {asked.map(({ key, label }) => (
        <SelectField
          key={key}
          id={`year-${key}`}
          label={label}
          disabled={isTaken}
          choices={[
            { value: '', label: t('regimes.year-unsaid') },
            ...(['0', '1', '-1'] as const).map((value) => ({ value, label: t(`regimes.year-${value}`) })),
          ]}
          value={String(years[key] ?? '')}
          onChange={(value) => onSay(key, ([-1, 0, 1] as const).find((one) => String(one) === value) ?? null)}
        />
      ))}
    </div>
  )
}
