import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecommendationDetail } from '#recommendations/model'
import { Section } from '../kit/Section.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useText } from '../kit/text.tsx'
import { shorten } from '../plans/words.ts'
import { recommendationTo } from './addresses.ts'
import styles from './Recommendations.module.css'
import { SplitDialog } from './SplitDialog.tsx'
import { placeWords } from './words.ts'

/** The paragraph a part was split from, the parts of a split paragraph, or the splitting of one. */
export function PartsSection({ one, mayKeep }: { one: RecommendationDetail; mayKeep: boolean }) {
  const t = useText()
  const [isSplitting, setSplitting] = useState(false)
  const maySplit = mayKeep && !one.isSplit && one.whole === null
  if (one.whole === null && one.parts.length === 0 && !maySplit) return null
  return (
    <Section
      title={t('recommendations.parts')}
      acts={
        maySplit && (
          <Button variant="default" size="compact-sm" onClick={() => setSplitting(true)}>
            {t('recommendations.split')}
          </Button>
        )
      }
    >
      {one.whole && (
        <p>
          {t('recommendations.part-of')} <Link to={recommendationTo(one.whole.id)}>{placeWords(one.whole, t)}</Link>
        </p>
      )}
      {one.isWholeChanged && (
        <p>
          <StatusBadge tone="late">{t('recommendations.whole-changed')}</StatusBadge>
        </p>
      )}
      {one.parts.length > 0 && <p>{t('recommendations.parts-count', { count: one.parts.length })}</p>}
      {maySplit && one.parts.length === 0 && <p className={styles.quiet}>{t('recommendations.split-why')}</p>}
      <ul className={styles.parts}>
        {one.parts.map((part) => (
          <li key={part.id}>
            <Link to={recommendationTo(part.id)}>({part.part})</Link>
            <span lang={part.translation === null ? one.language : undefined}>
              {shorten(part.translation ?? part.text, 300)}
            </span>
          </li>
        ))}
      </ul>
      {isSplitting && <SplitDialog one={one} onClose={() => setSplitting(false)} />}
    </Section>
  )
}
