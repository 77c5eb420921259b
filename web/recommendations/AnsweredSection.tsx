import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AnsweredRecommendation } from '#plans/model'
import { Section } from '../kit/Section.tsx'
import { useMay } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { shorten } from '../plans/words.ts'
import { recommendationTo } from './addresses.ts'
import { EndDialog } from './AnswersSection.tsx'
import { LinkRecommendations } from './LinkDialog.tsx'
import { answeredQuery } from './queries.ts'
import styles from './Recommendations.module.css'
import { SuggestedRecommendations } from './SuggestedRecommendations.tsx'
import { placeWords, useNames } from './words.ts'

interface Props {
  work: { id: string; nodeId: string }
  /** Whether the acting body's own plan holds the task. */
  isOwn: boolean
}

/** The recommendations that the task of a piece of work answers; laying more, and taking back. */
export function AnsweredSection({ work, isOwn }: Props) {
  const t = useText()
  const may = useMay()
  const own = useNames()
  const [isLinking, setLinking] = useState(false)
  const [ending, setEnding] = useState<AnsweredRecommendation>()
  const { data } = useQuery(answeredQuery(work.id))
  const keeps = (mechanism: string) => own.lists?.mechanisms.some((one) => one.code === mechanism && one.keeps) ?? false
  const mayLink = may('plans.answer') && (isOwn || (own.lists?.mechanisms.some((one) => one.keeps) ?? false))
  if (data === undefined || (data.length === 0 && !mayLink)) return null
  return (
    <Section title={t('recommendations.answered')}>
      {data.length === 0 && <p className={styles.quiet}>{t('recommendations.answered-none')}</p>}
      <ul className={styles.same}>
        {data.map((one) => (
          <li key={one.answerId}>
            <span className={styles.kind}>{t('recommendations.answer-is', { code: one.kind })}</span>
            <Link to={recommendationTo(one.recommendationId)}>{placeWords(one, t)}</Link>
            <span>{shorten(one.translation ?? one.text, 160)}</span>
            {may('plans.answer') && (isOwn || keeps(one.mechanism)) && (
              <Button
                variant="subtle"
                size="compact-sm"
                className={`${styles.flush} screen-only`}
                onClick={() => setEnding(one)}
              >
                {t('recommendations.end-act')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayLink && (
        <Button variant="default" size="compact-sm" mt="sm" className="screen-only" onClick={() => setLinking(true)}>
          {t('recommendations.link-recommendations')}
        </Button>
      )}
      {mayLink && <SuggestedRecommendations work={work} />}
      {isLinking && <LinkRecommendations nodeId={work.nodeId} onClose={() => setLinking(false)} />}
      {ending && <EndDialog answer={{ ...ending, id: ending.answerId }} onClose={() => setEnding(undefined)} />}
    </Section>
  )
}
