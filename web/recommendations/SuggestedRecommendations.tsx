import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import type { LikelyRecommendations } from '#plans/model'
import { useFormat, useText } from '../kit/text.tsx'
import { nodeTo } from '../plans/addresses.ts'
import { shorten, withPath } from '../plans/words.ts'
import { recommendationTo } from './addresses.ts'
import { LikelyActs } from './LikelyActs.tsx'
import { LinkRecommendations } from './LinkDialog.tsx'
import { likelyRecommendationsQuery } from './queries.ts'
import styles from './Recommendations.module.css'
import { Refused, useRefusals } from './Refusals.tsx'
import { placeWords, useNames } from './words.ts'

type Likely = LikelyRecommendations['suggested'][number]

/** Recommendations whose words are like a task's, or that a task like it answers; a person links or refuses them. */
export function SuggestedRecommendations({ work }: { work: { id: string; nodeId: string } }) {
  const t = useText()
  const own = useNames()
  const [linking, setLinking] = useState<Likely>()
  const { data } = useQuery(likelyRecommendationsQuery(work.id))
  const refusals = useRefusals()
  if (data === undefined || data.suggested.length + data.refused.length === 0) return null
  return (
    <div className="screen-only">
      {data.suggested.length > 0 && <h3 className={styles.part}>{t('recommendations.likely-recommendations')}</h3>}
      <ul className={styles.likely}>
        {data.suggested.map((one) => (
          <li key={one.recommendationId}>
            <div>
              <span className={styles.quiet}>{own.mechanism(one.mechanism)}</span>
              <Link to={recommendationTo(one.recommendationId)}>{placeWords(one, t)}</Link>
              <span>{shorten(one.translation ?? one.text, 200)}</span>
              <Why one={one} />
            </div>
            <LikelyActs
              name={placeWords(one, t)}
              isPending={refusals.isPending}
              onLink={() => setLinking(one)}
              onRefuse={() =>
                refusals.refuse({ recommendationId: one.recommendationId, nodeId: work.nodeId }, one.words)
              }
            />
          </li>
        ))}
      </ul>
      <Refused
        rows={data.refused.map((one) => ({
          ...one,
          name: placeWords(one, t),
          to: recommendationTo(one.recommendationId),
        }))}
        isPending={refusals.isPending}
        onTakeBack={refusals.takeBack}
      />
      {linking && (
        <LinkRecommendations
          nodeId={work.nodeId}
          likely={{
            picked: { id: linking.recommendationId, name: placeWords(linking, t) },
            reason: linking.words.join(', '),
          }}
          onClose={() => setLinking(undefined)}
        />
      )}
    </div>
  )
}

function Why({ one }: { one: Likely }) {
  const t = useText()
  const format = useFormat()
  const words = format.list(one.words.map((word) => t('recommendations.likely-word', { word })))
  return (
    <>
      {one.words.length > 0 && <span className={styles.quiet}>{t('recommendations.likely-shared', { words })}</span>}
      {one.learnedFrom.length > 0 && (
        <span className={styles.quiet}>
          {t('recommendations.likely-answered-by')}{' '}
          {one.learnedFrom.map((task, at) => (
            <Fragment key={task.nodeId}>
              {at > 0 && '; '}
              <Link to={nodeTo(task.planId, task.nodeId)}>{shorten(withPath(task.path, task.text), 90)}</Link>
            </Fragment>
          ))}
        </span>
      )}
    </>
  )
}
