import { Checkbox } from '@mantine/core'
import { useText } from '../kit/text.tsx'
import styles from './Recommendations.module.css'

/** Something the whole has, and the parts it is laid to. */
export interface Laid {
  id: string
  words: string
  parts: readonly string[]
}

interface LaidToPartsProps {
  title: string
  help: string
  /** In their order, as written so far. */
  signs: readonly string[]
  laid: readonly Laid[]
  onChange: (id: string, parts: readonly string[]) => void
}

/** For each link or assessment of a paragraph: to which of its parts it goes. */
export function LaidToParts({ title, help, signs, laid, onChange }: LaidToPartsProps) {
  const t = useText()
  if (laid.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className={styles.part}>{title}</h3>
      <p className={styles.quiet}>{help}</p>
      {laid.map(({ id, words, parts }) => (
        <Checkbox.Group
          key={id}
          className={styles.laid}
          label={words}
          value={parts.filter((sign) => signs.includes(sign))}
          onChange={(next) => onChange(id, next)}
        >
          <div className={styles.laidParts}>
            {signs.map((sign) => (
              <Checkbox key={sign} value={sign} label={t('recommendations.laid-part', { part: sign })} />
            ))}
          </div>
        </Checkbox.Group>
      ))}
    </section>
  )
}
