import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { choice } from '../plans/words.ts'
import styles from './Indicators.module.css'
import { ProgressWords } from './ProgressWords.tsx'
import { useNames, type Progress } from './queries.ts'
import { signs, targetTones, valueWords } from './words.ts'

/** Each target with its state and how that was found. */
export function Targets({ targets, unitOfMeasure }: { targets: Progress['targets']; unitOfMeasure: string }) {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  if (targets.length === 0) return <p className={styles.quiet}>{t('indicators.no-targets')}</p>
  const number = (value: number | null) => (value === null ? '' : valueWords(value, format))
  return (
    <ul className={styles.targets}>
      {targets.map((target) => (
        <li key={target.id}>
          <StatusBadge tone={targetTones[target.progress.state]}>
            {t('indicators.target-state', { state: choice(target.progress.state) })}
          </StatusBadge>
          <span>
            {t('indicators.target-is', {
              kind: choice(target.kind),
              year: String(target.year),
              from: String(target.yearFrom ?? ''),
              goal: signs[target.comparator] + number(target.value),
              unit: unitOfMeasure,
              part: known.breakdown(target.breakdown),
              hasPart: target.breakdown === '' ? 'no' : 'yes',
              owner: target.isOwn ? 'own' : 'country',
            })}
          </span>
          <span className={styles.quiet}>
            <ProgressWords progress={target.progress} year={target.year} />
          </span>
        </li>
      ))}
    </ul>
  )
}
