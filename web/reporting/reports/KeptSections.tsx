import { Button } from '@mantine/core'
import { useState } from 'react'
import type { ReportDetail } from '#reporting/model'
import { keptDraft } from '../../kit/kept-drafts.ts'
import { useText } from '../../kit/text.tsx'
import styles from './Reports.module.css'
import { useNamed } from './words.ts'

interface KeptSectionsProps {
  report: ReportDetail
  chosen: string
  onOpen: (key: string) => void
}

/** On coming back: in which other sections this browser keeps words the server does not have. Opening one saves it. */
export function KeptSections({ report, chosen, onOpen }: KeptSectionsProps) {
  const t = useText()
  const named = useNamed()
  const isKept = (key: string) =>
    ['versioned', 'unread'].some((what) => keptDraft(`reports.${report.id}.${key}.${what}`) !== null)
  const [found] = useState(() => report.form.sections.map(({ key }) => key).filter(isKept))
  const open = found.filter((key) => key !== chosen && isKept(key))
  if (open.length === 0) return null
  return (
    <div className={`${styles.note} screen-only`} role="status">
      <p>{t('reports.kept-here')}</p>
      <div className={styles.badges}>
        {report.form.sections.map(
          ({ key, heading }, at) =>
            open.includes(key) && (
              <Button key={key} size="compact-sm" variant="default" onClick={() => onOpen(key)}>
                {t('reports.section-name', { number: at + 1, heading: named(heading) })}
              </Button>
            ),
        )}
      </div>
    </div>
  )
}
