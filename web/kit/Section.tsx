import { useId, type ReactNode } from 'react'
import styles from './Section.module.css'

export interface SectionProps {
  title: ReactNode
  /** Where an address leads to it. */
  id?: string
  /** What can be done in this part. */
  acts?: ReactNode
  children: ReactNode
}

/** A part of a page under its own heading. */
export function Section({ title, id: place, acts, children }: SectionProps) {
  const id = useId()
  return (
    <section id={place} aria-labelledby={id} className={styles.section}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {acts && <div className={`${styles.acts} screen-only`}>{acts}</div>}
      </div>
      {children}
    </section>
  )
}
