import { useId, type ReactNode } from 'react'
import styles from './Section.module.css'

export interface SectionProps {
  title: ReactNode
  /** What can be done in this part. */
  acts?: ReactNode
  children: ReactNode
}

/** A part of a page under its own heading. */
export function Section({ title, acts, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {acts && <div className={`${styles.acts} screen-only`}>{acts}</div>}
      </div>
      {children}
    </section>
  )
}
