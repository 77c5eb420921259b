import { useFormat, useText } from '../kit/text.tsx'
import { lastDay } from './addresses.ts'
import styles from './territory.module.css'

export interface Stretch {
  validFrom: string | null
  validTo: string | null
}

/** A stretch of time in words; no beginning = since before the records. */
function usePeriodWords(): (stretch: Stretch) => string {
  const t = useText()
  const format = useFormat()
  return ({ validFrom, validTo }) => {
    const from = validFrom === null ? '' : format.date(validFrom)
    const to = validTo === null ? '' : format.date(lastDay(validTo))
    if (validFrom === null) return validTo === null ? t('territory.always') : t('territory.until', { to })
    return validTo === null ? t('territory.since', { from }) : t('territory.from-to', { from, to })
  }
}

export function Period(stretch: Stretch) {
  return <span className={`figures ${styles.period}`}>{usePeriodWords()(stretch)}</span>
}
