import type { ReactNode } from 'react'
import styles from './Views.module.css'

export interface ViewsProps<View extends string> {
  /** What the views are of, for screen readers. */
  label: string
  views: readonly { id: View; label: string }[]
  view: View
  onView: (view: View) => void
  children: ReactNode
}

/** Views of one thing, one at a time; arrow keys go from one to the next. */
export function Views<View extends string>({ label, views, view, onView, children }: ViewsProps<View>) {
  function step(by: number) {
    const next = views[(views.findIndex((one) => one.id === view) + by + views.length) % views.length]
    if (!next) return
    onView(next.id)
    document.getElementById(`tab-${next.id}`)?.focus()
  }
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        className={`${styles.tabs} screen-only`}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') step(1)
          if (event.key === 'ArrowLeft') step(-1)
        }}
      >
        {views.map((one) => (
          <button
            key={one.id}
            type="button"
            role="tab"
            id={`tab-${one.id}`}
            aria-selected={view === one.id}
            aria-controls="tab-panel"
            tabIndex={view === one.id ? 0 : -1}
            className={styles.tab}
            onClick={() => onView(one.id)}
          >
            {one.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${view}`}>
        {children}
      </div>
    </>
  )
}
