import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ToneShape, type Tone } from './StatusBadge.tsx'
import { useFormat } from './text.tsx'
import styles from './CardColumns.module.css'

export interface Card {
  id: string
  /** Address of the very field that waits. */
  to: string
  /** Whose it is. */
  body: string
  /** What is to be done. */
  deed: string
  /** By when, in words. */
  due?: ReactNode
}

export interface CardColumn {
  id: string
  title: string
  tone: Tone
  cards: readonly Card[]
  /** How many there are in all, when more than shown. */
  total?: number
  /** Address and words of the list of them all. */
  all?: { to: string; label: string }
  /** A kind sentence when there is none. */
  empty: ReactNode
}

/** What waits for someone, in columns by what it wants of them. */
export function CardColumns({ columns }: { columns: readonly CardColumn[] }) {
  const format = useFormat()
  return (
    <div className={styles.columns}>
      {columns.map((column) => (
        <section key={column.id} aria-labelledby={`column-${column.id}`} className={styles.column}>
          <h2 id={`column-${column.id}`} className={styles.title}>
            <ToneShape tone={column.tone} />
            {column.title}
            <span className={styles.count}>{format.number(column.total ?? column.cards.length)}</span>
          </h2>
          {column.cards.length === 0 && <p className={styles.empty}>{column.empty}</p>}
          <ul className={styles.cards}>
            {column.cards.map((card) => (
              <li key={card.id}>
                <Link to={card.to} className={styles.card}>
                  <span className={styles.body}>{card.body}</span>
                  <span className={styles.deed}>{card.deed}</span>
                  {card.due && <span className={styles.due}>{card.due}</span>}
                </Link>
              </li>
            ))}
          </ul>
          {column.all && <Link to={column.all.to}>{column.all.label}</Link>}
        </section>
      ))}
    </div>
  )
}
