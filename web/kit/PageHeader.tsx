import { Link } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import { useText } from './text.tsx'
import styles from './PageHeader.module.css'

export interface Crumb {
  label: string
  /** Absent for the page itself. */
  to?: string
}

export interface PageHeaderProps {
  title: string
  /** One sentence of state: "7 nhiệm vụ quá hạn, 2 chờ ký". */
  state?: ReactNode
  /** From the nation down to here: the cascade, not the site map. */
  crumbs?: readonly Crumb[]
  /** The primary act, and at most two others before it. */
  acts?: ReactNode
}

/** What this page is, how it stands, and the one thing to do. Also names the browser's tab. */
export function PageHeader({ title, state, crumbs = [], acts }: PageHeaderProps) {
  const t = useText()
  useEffect(() => {
    document.title = t('kit.tab-title', { page: title })
  }, [title, t])
  return (
    <header className={styles.header}>
      {crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}
      <div className={styles.line}>
        <div className={styles.words}>
          <h1>{title}</h1>
          {state && <p className={styles.state}>{state}</p>}
        </div>
        {acts && <div className={`${styles.acts} screen-only`}>{acts}</div>}
      </div>
    </header>
  )
}

function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useText()
  return (
    <nav aria-label={t('kit.breadcrumb')} className={styles.crumbs}>
      <ol>
        {crumbs.map((crumb, index) => (
          <li key={`${index} ${crumb.label}`} aria-current={crumb.to ? undefined : 'page'}>
            {crumb.to ? (
              <Link to={crumb.to} activeOptions={{ exact: true }}>
                {crumb.label}
              </Link>
            ) : (
              crumb.label
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
