import { Button, Menu, SegmentedControl } from '@mantine/core'
import { IconArrowBackUp, IconChecks, IconKeyboard } from '@tabler/icons-react'
import { useMemo } from 'react'
import { acceptAll, faultsOf, isDecided, type ProposedItem } from '#documents/model'
import { Empty } from '../../kit/Empty.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { TaskRow } from './TaskRow.tsx'
import type { Review } from './useReview.ts'
import type { TaskKeys } from './useTaskKeys.ts'
import { choice } from './choice.ts'
import styles from './TaskList.module.css'

const views = ['all', 'undecided', 'trouble'] as const
export type View = (typeof views)[number]

/** The items of a view; groups stay while something in them is shown. */
export function itemsOf(items: readonly ProposedItem[], view: View): ProposedItem[] {
  if (view === 'all') return [...items]
  const shown = new Set(items.filter((item) => item.kind === 'task' && isShown(item, view)).map((item) => item.key))
  const byKey = new Map(items.map((item) => [item.key, item]))
  for (const key of [...shown]) {
    for (
      let above = byKey.get(byKey.get(key)?.parentKey ?? '');
      above && !shown.has(above.key);
      above = byKey.get(above.parentKey ?? '')
    )
      shown.add(above.key)
  }
  return items.filter((item) => shown.has(item.key))
}

function isShown(item: ProposedItem, view: View): boolean {
  if (view === 'undecided') return !isDecided(item)
  const isUnmatched =
    item.duties.length === 0 || item.duties.some((duty) => duty.agencyId === null && duty.classCode === null)
  return item.state !== 'rejected' && (faultsOf(item).length > 0 || isUnmatched)
}

/** The tasks under review: a list to walk through by keys or pointer. */
export function TaskList({
  review,
  keys,
  view,
  onView,
}: {
  review: Review
  keys: TaskKeys
  view: View
  onView: (view: View) => void
}) {
  const t = useText()
  const { items } = review.proposal
  const shown = useMemo(() => itemsOf(items, view), [items, view])
  const depths = useMemo(() => depthsOf(items), [items])
  return (
    <section aria-label={t('documents.screen.tasks')} className={styles.whole}>
      <div className={styles.top}>
        <h3>{t('documents.screen.tasks')}</h3>
        <SegmentedControl
          size="sm"
          aria-label={t('documents.screen.view-label')}
          value={view}
          onChange={(value) => onView(views.find((each) => each === value) ?? 'all')}
          data={views.map((value) => ({ value, label: t('documents.screen.view', { view: value }) }))}
        />
      </div>
      {review.mayEdit && <Bulk review={review} keys={keys} />}
      {shown.length === 0 ? (
        <Empty title={t('documents.screen.view-empty', { view })} />
      ) : (
        <ul className={styles.list} onKeyDown={keys.onKeyDown}>
          {shown.map((item) => (
            <TaskRow key={item.key} item={item} depth={depths.get(item.key) ?? 0} review={review} keys={keys} />
          ))}
        </ul>
      )}
    </section>
  )
}

function depthsOf(items: readonly ProposedItem[]): Map<string, number> {
  const byKey = new Map(items.map((item) => [item.key, item]))
  const depth = (item: ProposedItem, most: number): number => {
    const above = byKey.get(item.parentKey ?? '')
    return above === undefined || most === 0 ? 0 : depth(above, most - 1) + 1
  }
  return new Map(items.map((item) => [item.key, depth(item, 8)]))
}

const parts = ['annex', 'by-agency', 'prose', 'all'] as const

/** Accepting many at once, undo, and what the keys do. */
function Bulk({ review, keys }: { review: Review; keys: TaskKeys }) {
  const t = useText()
  const toast = useToast()
  const open = review.proposal.items.filter((item) => item.kind === 'task' && !isDecided(item))
  const countOf = (part: (typeof parts)[number]) =>
    open.filter((item) => part === 'all' || item.source?.where === part).length
  const first = parts.find((part) => countOf(part) > 0)
  function take(part: (typeof parts)[number]) {
    const { accepted, left } = acceptAll(review.proposal, (item) => part === 'all' || item.source?.where === part)
    review.apply((proposal) => acceptAll(proposal, (item) => part === 'all' || item.source?.where === part).proposal)
    toast({
      kind: left > 0 ? 'note' : 'done',
      text: t('documents.screen.accepted-many', { accepted, left }),
    })
  }
  return (
    <div className={`${styles.bulk} screen-only`}>
      {first !== undefined && (
        <Button.Group>
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconChecks size={16} aria-hidden />}
            onClick={() => take(first)}
          >
            {t('documents.screen.accept-all', { part: choice(first), count: countOf(first) })}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-md" variant="default" aria-label={t('documents.screen.accept-others')}>
                ▾
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {parts
                .filter((part) => countOf(part) > 0)
                .map((part) => (
                  <Menu.Item key={part} onClick={() => take(part)}>
                    {t('documents.screen.accept-all', { part: choice(part), count: countOf(part) })}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        </Button.Group>
      )}
      {keys.selected.size > 0 && (
        <Button size="compact-md" variant="subtle" onClick={keys.clear}>
          {t('documents.screen.clear-selection', { count: keys.selected.size })}
        </Button>
      )}
      <Button
        size="compact-md"
        variant="subtle"
        disabled={!review.undo}
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        onClick={review.undo}
      >
        {t('documents.screen.undo')}
      </Button>
      <p className={styles.keys}>
        <IconKeyboard size={16} aria-hidden /> {t('documents.screen.keys')}
      </p>
    </div>
  )
}
