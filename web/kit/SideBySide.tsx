import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useFormat, useText } from './text.tsx'
import styles from './SideBySide.module.css'

export interface SideBySideProps {
  original: ReactNode
  proposal: ReactNode
  /** Other names for the sides than "Bản gốc" and "Đề xuất". */
  originalTitle?: string
  proposalTitle?: string
  /** How much of the review is done. */
  progress?: { done: number; total: number }
  /** What one can do with the whole: keys, accept all, finish. */
  acts?: ReactNode
}

const least = 25
const most = 75

/** Original left, proposal right; the line between them moves by pointer and arrow keys. Stacked on a phone. */
export function SideBySide({ original, proposal, originalTitle, proposalTitle, progress, acts }: SideBySideProps) {
  const t = useText()
  const format = useFormat()
  const whole = useRef<HTMLDivElement>(null)
  const [share, setShare] = useState(50)
  const set = (next: number) => setShare(Math.max(least, Math.min(most, Math.round(next))))
  function drag(event: PointerEvent<HTMLDivElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !whole.current) return
    const { left, width } = whole.current.getBoundingClientRect()
    set(((event.clientX - left) / width) * 100)
  }
  function press(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowLeft: share - 5, ArrowRight: share + 5, Home: least, End: most }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    set(next)
  }
  const leftTitle = originalTitle ?? t('kit.side-original')
  const rightTitle = proposalTitle ?? t('kit.side-proposal')
  return (
    <div className={styles.whole}>
      {(progress || acts) && (
        <div className={styles.top}>
          {progress && (
            <>
              <progress className={styles.bar} max={progress.total} value={progress.done} aria-hidden />
              <span role="status">
                {t('kit.side-progress', { done: format.number(progress.done), total: format.number(progress.total) })}
              </span>
            </>
          )}
          {acts && <div className={`${styles.acts} screen-only`}>{acts}</div>}
        </div>
      )}
      <div className={styles.sides} ref={whole} style={{ '--share': `${share}%` } as React.CSSProperties}>
        <section className={styles.side} aria-label={leftTitle} tabIndex={0}>
          <h2 className={styles.title}>{leftTitle}</h2>
          {original}
        </section>
        <div
          className={styles.line}
          role="separator"
          aria-orientation="vertical"
          aria-label={t('kit.side-resize')}
          aria-valuenow={share}
          aria-valuemin={least}
          aria-valuemax={most}
          tabIndex={0}
          title={t('kit.side-resize')}
          onKeyDown={press}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
        />
        <section className={styles.side} aria-label={rightTitle} tabIndex={0}>
          <h2 className={styles.title}>{rightTitle}</h2>
          {proposal}
        </section>
      </div>
    </div>
  )
}
