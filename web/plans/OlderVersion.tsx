import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PlanChanges, PlanDetail } from '#plans/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { planTo } from './addresses.ts'
import styles from './Plan.module.css'
import { changesQuery } from './queries.ts'
import { numberAndDate, shorten, withPath } from './words.ts'

/** Says of an older document which one changed it and what that one made of it. */
export function OlderVersion({ plan, by }: { plan: PlanDetail; by: NonNullable<PlanDetail['changedBy']> }) {
  const t = useText()
  const format = useFormat()
  const { data: changes, error, refetch } = useQuery(changesQuery(plan.id, plan.versionId))
  return (
    <section className={styles.notice} aria-label={t('plans.older-version')}>
      <p>
        <strong>{t('plans.older-version')}</strong>{' '}
        {t('plans.changed-by', { act: by.act, document: numberAndDate(by, t, format) })}{' '}
        <Link to={planTo(plan.id)}>{t('plans.see-newest')}</Link>
      </p>
      {by.reason !== null && <p>{t('plans.reason-is', { reason: by.reason })}</p>}
      {error && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {changes && <Changes changes={changes} />}
    </section>
  )
}

function Changes({ changes: { added, removed, changed } }: { changes: PlanChanges }) {
  const t = useText()
  const format = useFormat()
  const count = { added: added.length, removed: removed.length, changed: changed.length }
  if (added.length + removed.length + changed.length === 0) return <p>{t('plans.changed-nothing')}</p>
  const part = (what: keyof typeof count, items: string[]) =>
    items.length > 0 && (
      <details>
        <summary>{t('plans.changes', { what, count: count[what], number: format.number(count[what]) })}</summary>
        <ul className={styles.lines}>
          {items.map((item, at) => (
            <li key={at}>{item}</li>
          ))}
        </ul>
      </details>
    )
  const named = (node: PlanChanges['added'][number]) => shorten(withPath(node.path, node.text), 160)
  return (
    <>
      {part('added', added.map(named))}
      {part('removed', removed.map(named))}
      {part(
        'changed',
        changed.map((node) =>
          t('plans.changed-parts', {
            name: named(node),
            parts: format.list(node.parts.map((one) => t('plans.node-part', { part: one }))),
          }),
        ),
      )}
    </>
  )
}
