import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import type { LikelyTasks } from '#plans/model'
import { useFormat, useText } from '../kit/text.tsx'
import { nodeTo, planTo } from '../plans/addresses.ts'
import { shorten, withPath } from '../plans/words.ts'
import { recommendationTo } from './addresses.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { likelyTasksQuery } from './queries.ts'
import styles from './Recommendations.module.css'
import { placeWords } from './words.ts'

/** Tasks whose words are like a recommendation's, or that answer one like it; a person links them. */
export function SuggestedTasks({ id }: { id: string }) {
  const t = useText()
  const [linking, setLinking] = useState<LikelyTasks[number]>()
  const { data } = useQuery(likelyTasksQuery(id))
  if (data === undefined || data.length === 0) return null
  return (
    <div className="screen-only">
      <h3 className={styles.part}>{t('recommendations.likely-tasks')}</h3>
      <ul className={styles.likely}>
        {data.map((task) => (
          <li key={task.nodeId}>
            <div>
              <Link to={nodeTo(task.planId, task.nodeId)}>{shorten(withPath(task.path, task.text), 240)}</Link>
              <span className={styles.quiet}>
                <Link to={planTo(task.planId)}>{task.planNumber ?? shorten(task.planTitle, 90)}</Link>
              </span>
              <Why task={task} />
            </div>
            <Button variant="default" size="compact-sm" flex="none" onClick={() => setLinking(task)}>
              {t('recommendations.likely-link')}
            </Button>
          </li>
        ))}
      </ul>
      {linking && (
        <LinkDialog
          recommendations={[{ id }]}
          likely={{
            task: { id: linking.nodeId, name: shorten(withPath(linking.path, linking.text), 140) },
            reason: linking.words.join(', '),
          }}
          onClose={() => setLinking(undefined)}
        />
      )}
    </div>
  )
}

function Why({ task }: { task: LikelyTasks[number] }) {
  const t = useText()
  const format = useFormat()
  const words = format.list(task.words.map((word) => t('recommendations.likely-word', { word })))
  return (
    <>
      {task.words.length > 0 && <span className={styles.quiet}>{t('recommendations.likely-shared', { words })}</span>}
      {task.learnedFrom.length > 0 && (
        <span className={styles.quiet}>
          {t('recommendations.likely-answers')}{' '}
          {task.learnedFrom.map((other, at) => (
            <Fragment key={other.recommendationId}>
              {at > 0 && '; '}
              <Link to={recommendationTo(other.recommendationId)}>{placeWords(other, t)}</Link>
            </Fragment>
          ))}
        </span>
      )}
    </>
  )
}
