import { useId, type ReactNode } from 'react'
import styles from './Pictures.module.css'

/** Marks and what they mean, each as it is drawn. */
export function Legend({ marks }: { marks: readonly { id: string; mark: ReactNode; words: string }[] }) {
  if (marks.length === 0) return null
  return (
    <ul className={styles.legend} data-legend>
      {marks.map(({ id, mark, words }) => (
        <li key={id}>
          <svg viewBox="0 0 18 18" aria-hidden>
            {mark}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  )
}

/** A field of a map's class or state, with what lies over it. */
export function Swatch({ look, over }: { look: string | undefined; over?: 'low' | 'hidden' }) {
  const id = useId()
  return (
    <>
      {over !== undefined && (
        <defs>
          <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            {over === 'low' ? (
              <path d="M 0 0 V 5" className={styles.hatchLine} />
            ) : (
              <circle cx={2.5} cy={2.5} r={0.9} className={styles.hatchDot} />
            )}
          </pattern>
        </defs>
      )}
      <rect x={1} y={1} width={16} height={16} rx={2} className={`${styles.area} ${look}`} />
      {over !== undefined && <rect x={1} y={1} width={16} height={16} rx={2} fill={`url(#${id})`} />}
    </>
  )
}
