import type { RegimeDefinition, RegimeFinding } from '#reporting/model'
import { useText } from '../../kit/text.tsx'
import styles from './Regimes.module.css'
import { useRegimeWords } from './words.ts'

/** What is impossible or doubtful in a regime, in words; and that nothing is. */
export function Findings({ findings, of }: { findings: readonly RegimeFinding[]; of: RegimeDefinition }) {
  const t = useText()
  const words = useRegimeWords()
  if (findings.length === 0) return <p>{t('regimes.findings-none')}</p>
  return (
    <ul className={styles.findings}>
      {findings.map((one, at) => (
        <li key={at} className={styles.finding} data-severity={one.severity}>
          {t('regimes.finding', { severity: one.severity, words: words.finding(one, of) })}
        </li>
      ))}
    </ul>
  )
}
