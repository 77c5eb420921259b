import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import type { LikelyTasks } from '#plans/model'
import { useFormat, useText } from '../kit/text.tsx'
import { nodeTo, planTo } from '../plans/addresses.ts'
import { shorten, withPath } from '../plans/words.ts'
import { recommendationTo } from './addresses.ts'
import { LikelyActs } from './LikelyActs.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { likelyTasksQuery } from './queries.ts'
import styles from './Recommendations.module.css'
import { Refused, useRefusals } from './Refusals.tsx'
import { placeWords } from './words.ts'

type Task = LikelyTasks['suggested'][number]
const nameOf = ({ path, text }: { path: string; text: string }) => shorten(withPath(path, text), 240)

/** Tasks whose words are like a recommendation's, or that answer one like it; a person links or refuses them. */
export function SuggestedTasks({ id }: { id: string }) {
  const t = useText()
  const [linking, setLinking] = useState<Task>()
  const { data } = useQuery(likelyTasksQuery(id))
  const refusals = useRefusals()
  if (data === undefined || data.suggested.length + data.refused.length === 0) return null
  return (
    <div className="screen-only">
      {data.suggested.length > 0 && <h3 className={styles.part}>{t('recommendations.likely-tasks')}</h3>}
      <ul className={styles.likely}>
        {data.suggested.map((task) => (
          <li key={task.nodeId}>
            <div>
              <Link to={nodeTo(task.planId, task.nodeId)}>{nameOf(task)}</Link>
              <span className={`${styles.quiet} ${styles.ofPlan}`}>
                <Link to={planTo(task.planId)}>{task.planNumber ?? shorten(task.planTitle, 90)}</Link>
              </span>
              <Why task={task} />
            </div>
            <LikelyActs
              name={nameOf(task)}
              isPending={refusals.isPending}
              onLink={() => setLinking(task)}
              onRefuse={() => refusals.refuse({ recommendationId: id, nodeId: task.nodeId }, task.words)}
            />
          </li>
        ))}
      </ul>
      <Refused
        rows={data.refused.map((one) => ({ ...one, name: nameOf(one), to: nodeTo(one.planId, one.nodeId) }))}
        isPending={refusals.isPending}
        onTakeBack={refusals.takeBack}
      />
      {linking && (
        <LinkDialog
          recommendations={[{ id }]}
          likely={{
            picked: { id: linking.nodeId, name: shorten(withPath(linking.path, linking.text), 140) },
            reason: linking.words.join(', '),
          }}
          onClose={() => setLinking(undefined)}
        />
      )}
    </div>
  )
}

function Why({ task }: { task: Task }) {
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
