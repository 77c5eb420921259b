import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { LedTask, LikelyDuplicate } from '#plans/model'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { useSetUrl, useUrl } from '../kit/address.ts'
import { pageName } from '../kit/filter-url.ts'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Pager } from '../kit/Pager.tsx'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { oneOf } from '../kit/url.ts'
import { useListUrl } from '../kit/useListUrl.ts'
import { names, planTo, workTo } from './addresses.ts'
import { JoinDialog } from './JoinDialog.tsx'
import { duplicatesQuery, useRenew } from './queries.ts'
import { write } from './requests.ts'
import styles from './Serving.module.css'
import { Views } from './Views.tsx'
import { withPath } from './words.ts'

const apart = 'khong-trung'

/** Tasks of the body's plans that look like the same work: join them, or say that they are not. */
export function DuplicatesPage() {
  const t = useText()
  const format = useFormat()
  const url = useUrl()
  const setUrl = useSetUrl()
  const list = useListUrl({})
  const isApart = oneOf(url[names.view]) === apart
  const { data, error, refetch } = useQuery(
    duplicatesQuery({ page: list.page, size: list.size, setApart: isApart || undefined }),
  )
  return (
    <>
      <PageHeader
        title={t('plans.duplicates-title')}
        state={
          data && !isApart && t('plans.duplicates-state', { total: data.total, number: format.number(data.total) })
        }
      />
      <Views
        label={t('plans.views')}
        views={[
          { id: 'goi-y', label: t('plans.duplicates-open') },
          { id: apart, label: t('plans.duplicates-apart') },
        ]}
        view={isApart ? apart : 'goi-y'}
        onView={(view) => setUrl({ [names.view]: view === apart ? view : undefined, [pageName]: undefined }, true)}
      >
        {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
        {data?.items.length === 0 && (
          <Empty title={t(isApart ? 'plans.duplicates-apart-empty' : 'plans.duplicates-empty')}>
            {t('plans.duplicates-empty-words')}
          </Empty>
        )}
        <ul className={styles.pairs}>
          {data?.items.map((pair) => (
            <li key={`${pair.one.nodeId} ${pair.other.nodeId}`}>
              <Pair pair={pair} />
            </li>
          ))}
        </ul>
        {data && data.total > 0 && <Pager list={list} total={data.total} />}
      </Views>
    </>
  )
}

function Pair({ pair }: { pair: LikelyDuplicate }) {
  const t = useText()
  const may = useMay()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenew()
  const [isJoining, setJoining] = useState(false)
  const say = async (isApart: boolean) => {
    await write('PUT', '/duplicates/apart', { nodeIds: [pair.one.nodeId, pair.other.nodeId], isApart })
    await renew()
  }
  const setApart = useMutation({
    mutationFn: say,
    onSuccess: (_nothing, isApart) =>
      toast({
        kind: 'done',
        text: t(isApart ? 'plans.set-apart-done' : 'plans.set-apart-undone'),
        act: { label: t('plans.undo'), run: () => void say(!isApart) },
      }),
    onError: () => toast({ kind: 'problem', text: t('plans.set-apart-failed') }),
  })
  const reason = t('plans.same-work-because', { words: pair.sharedWords[0] ?? '' })
  return (
    <article className={styles.pair}>
      <div className={styles.both}>
        <Side task={pair.one} />
        <Side task={pair.other} />
      </div>
      <ul className={styles.why} aria-label={t('plans.why-alike')}>
        <li>{t('plans.alike', { share: format.percent(pair.likeness) })}</li>
        {pair.sharedWords.length > 0 && (
          <li>
            {t('plans.shared-words', {
              words: format.list(pair.sharedWords.map((words) => t('plans.quoted', { words }))),
            })}
          </li>
        )}
        {pair.kinship === 'derived' && <li>{t('plans.kin-derived')}</li>}
        {pair.kinship === 'same-parent' && <li>{t('plans.kin-same-parent')}</li>}
        {pair.hasSameTime && <li>{t('plans.same-time')}</li>}
        {pair.hasSameOutput && <li>{t('plans.same-output')}</li>}
      </ul>
      {may('plans.join-tasks') && (
        <div className={`${styles.acts} screen-only`}>
          {!pair.isSetApart && <Button onClick={() => setJoining(true)}>{t('plans.join-act')}</Button>}
          <Button variant="default" loading={setApart.isPending} onClick={() => setApart.mutate(!pair.isSetApart)}>
            {t(pair.isSetApart ? 'plans.set-apart-undo' : 'plans.set-apart')}
          </Button>
        </div>
      )}
      {isJoining && (
        <JoinDialog
          from={pair.one}
          suggested={{
            joinable: { task: pair.other, faults: { here: pair.faults.one, there: pair.faults.other } },
            reason,
          }}
          onClose={() => setJoining(false)}
        />
      )}
    </article>
  )
}

function Side({ task }: { task: LedTask }) {
  const t = useText()
  const format = useFormat()
  return (
    <div className={styles.side}>
      <p>
        <Link to={planTo(task.planId)} title={task.planTitle}>
          {task.planNumber ?? task.planTitle}
        </Link>
      </p>
      <h2>
        <Link to={workTo(task.occurrenceId)}>{withPath(task.path, task.text)}</Link>
      </h2>
      <p>
        {[
          task.timeText ?? t('plans.no-time'),
          ...(task.dueOn === null ? [] : [t('plans.due-in-plan', { date: format.date(task.dueOn) })]),
          ...(task.output === null ? [] : [t('plans.output-is', { output: task.output })]),
        ].join(' · ')}
      </p>
    </div>
  )
}
