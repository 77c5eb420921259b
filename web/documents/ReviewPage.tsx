import { Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { addItem, type ImportDetail, type OriginalBlock } from '#documents/model'
import { usePathId } from '../kit/address.ts'
import { Confirm } from '../kit/Confirm.tsx'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { JobProgress } from '../kit/JobProgress.tsx'
import { forgetDraft } from '../kit/kept-drafts.ts'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { SaveState } from '../kit/SaveState.tsx'
import { useMay } from '../kit/session.tsx'
import { SideBySide } from '../kit/SideBySide.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { TalkDrawer } from '../notifications/TalkDrawer.tsx'
import { discardImport, documentRule, downloadFile, importQuery, originalQuery } from './imports-api.ts'
import { AlsoRead, Warnings } from './review/Findings.tsx'
import { Finish } from './review/Finish.tsx'
import { HeaderForm } from './review/HeaderForm.tsx'
import { Original } from './review/Original.tsx'
import { itemsOf, TaskList, type View } from './review/TaskList.tsx'
import { ProseParts } from './review/ProseParts.tsx'
import { placesOf } from './review/places.ts'
import { useReview, type ReadImport, type Review } from './review/useReview.ts'
import { useTaskKeys, type TaskKeys } from './review/useTaskKeys.ts'
import styles from './ReviewPage.module.css'

/** One document under review: the original at the left, what was read at the right. */
export function ReviewPage() {
  const id = usePathId('importId')
  const t = useText()
  const { data, error, refetch, isFetchedAfterMount } = useQuery({
    ...importQuery(id),
    refetchInterval: (query) => (query.state.data?.state === 'reading' ? 1500 : false),
  })
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data || !isFetchedAfterMount) return <p role="status">{t('kit.table-loading')}</p>
  const { proposal } = data
  return proposal === null ? <NotRead detail={data} /> : <Reviewing key={id} detail={{ ...data, proposal }} />
}

/** Still being read, or no document. */
function NotRead({ detail }: { detail: ImportDetail }) {
  const t = useText()
  const type = detail.fileName.split('.').at(-1) ?? ''
  return (
    <>
      <PageHeader
        title={detail.fileName}
        crumbs={crumbs(t, detail.fileName)}
        acts={<Discard id={detail.id} isDone={detail.state === 'discarded'} />}
      />
      {detail.state === 'reading' ? (
        <JobProgress title={t('documents.screen.reading-now')} state="running" done={0} total={null} />
      ) : (
        <Empty title={t('documents.screen.state-of', { state: detail.state })}>
          {detail.problemCode !== null &&
            t(detail.problemCode, { type, bytes: detail.file.size, limit: documentRule.maxBytes })}
        </Empty>
      )}
    </>
  )
}

function crumbs(t: ReturnType<typeof useText>, label: string) {
  return [{ label: t('documents.screen.imports'), to: '/van-ban' }, { label }]
}

function Reviewing({ detail }: { detail: ReadImport }) {
  const t = useText()
  const review = useReview(detail)
  const [view, setView] = useState<View>('all')
  const { items } = review.proposal
  const shown = useMemo(() => itemsOf(items, view), [items, view])
  const keys = useTaskKeys(review, shown)
  const { progress } = review
  const { number, title } = review.proposal.header
  const name = number.value ?? detail.fileName
  return (
    <>
      <PageHeader
        title={t('documents.screen.review-of', { name })}
        crumbs={crumbs(t, name)}
        state={<span className={styles.title}>{title.value ?? t('documents.screen.no-title')}</span>}
        acts={
          <>
            <TalkDrawer record={{ kind: 'documents.import', id: detail.id }} title={name} />
            <PageActs review={review} />
          </>
        }
      />
      <Conflict review={review} />
      <div className={styles.switch}>
        <SegmentedControl
          fullWidth
          aria-label={t('documents.screen.side')}
          value={review.side}
          onChange={(side) => {
            review.turnTo(side === 'original' ? 'original' : 'proposal')
            if (side === 'proposal' && keys.active !== null) keys.goTo(keys.active, keys.open)
          }}
          data={[
            { value: 'original', label: t('kit.side-original') },
            { value: 'proposal', label: t('kit.side-proposal') },
          ]}
        />
      </div>
      <div className={styles.sides} data-side={review.side}>
        <SideBySide
          progress={{ done: progress.reviewed, total: progress.total }}
          acts={<Standing review={review} />}
          original={<OriginalSide review={review} keys={keys} onView={setView} />}
          proposal={
            <>
              <Warnings review={review} />
              <HeaderForm review={review} />
              <ProseParts review={review} />
              <TaskList review={review} keys={keys} view={view} onView={setView} />
              <AlsoRead review={review} />
              <Finish review={review} />
            </>
          }
        />
      </div>
    </>
  )
}

/** What is left beside the count: names nobody knows, tasks laid on nobody, and whether all is saved. */
function Standing({ review }: { review: Review }) {
  const t = useText()
  const onNobody = review.proposal.items.filter(
    ({ kind, state, duties }) => kind === 'task' && state !== 'rejected' && duties.length === 0,
  )
  const unmatched = review.progress.unmatchedDuties + onNobody.length
  return (
    <span className={styles.standing}>
      <span>{t('documents.screen.review-state', { state: review.detail.state, unmatched })}</span>
      <SaveState status={review.status} onRetry={() => void review.saveNow()} />
    </span>
  )
}

function PageActs({ review }: { review: Review }) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const download = useMutation({
    mutationFn: () => downloadFile(review.id, review.detail.file.name),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return (
    <>
      <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
        {t('documents.screen.download')}
      </Button>
      {review.mayEdit && <Discard id={review.id} isDone={false} />}
      {review.mayEdit && (
        <Button
          onClick={() => {
            review.turnTo('proposal')
            requestAnimationFrame(() => document.getElementById('finish')?.scrollIntoView({ block: 'start' }))
          }}
        >
          {t('documents.screen.make-plan')}
        </Button>
      )}
    </>
  )
}

function OriginalSide({ review, keys, onView }: { review: Review; keys: TaskKeys; onView: (view: View) => void }) {
  const t = useText()
  const { data, error, refetch } = useQuery(originalQuery(review.id))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return <p role="status">{t('kit.table-loading')}</p>
  function open(key: string) {
    onView('all')
    review.turnTo('proposal')
    // After the view with all items is drawn.
    setTimeout(() => keys.goTo(key), 0)
  }
  function add(block: OriginalBlock) {
    const { line, page, table, row } = block
    const before = review.proposal.items
      .filter((item) => placesOf(item).some((place) => (place.line ?? 0) <= line))
      .at(-1)
    const numbers = new Set(review.proposal.items.map((item) => item.key))
    let ordinal = 1
    while (numbers.has(`n${ordinal}`)) ordinal += 1
    review.apply((proposal) =>
      addItem(
        proposal,
        {
          kind: 'task',
          text: block.text,
          parentKey: before?.kind === 'group' ? before.key : (before?.parentKey ?? null),
          source: { line, page, table, row, where: null },
        },
        before?.key ?? null,
      ),
    )
    onView('all')
    review.turnTo('proposal')
    setTimeout(() => keys.goTo(`n${ordinal}`, 'editor'), 0)
  }
  return (
    <Original
      blocks={data.blocks}
      items={review.proposal.items}
      place={review.place}
      onOpen={open}
      onAdd={review.mayEdit ? add : undefined}
    />
  )
}

/** Somebody else saved the same review: nothing is lost until the person chooses. */
function Conflict({ review }: { review: Review }) {
  const t = useText()
  const words = useProblemWords()
  if (review.status.kind !== 'failed') return null
  return (
    <div className={styles.conflict} role="alert">
      <p>{words(review.status.problem)}</p>
      {review.conflict && (
        <div className={styles.acts}>
          <Button size="compact-md" variant="default" onClick={() => void review.conflict?.takeTheirs()}>
            {t('documents.screen.take-theirs')}
          </Button>
          <Button size="compact-md" variant="default" onClick={() => void review.conflict?.keepMine()}>
            {t('documents.screen.keep-mine')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Discard({ id, isDone }: { id: string; isDone: boolean }) {
  const t = useText()
  const may = useMay()
  const toast = useToast()
  const words = useProblemWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [isAsking, setAsking] = useState(false)
  const discard = useMutation({
    mutationFn: () => discardImport(id),
    onSuccess: async () => {
      forgetDraft(`documents.import.${id}`)
      await navigate({ to: '/van-ban' })
      await queries.invalidateQueries({ queryKey: ['documents', 'imports'] })
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  if (isDone || !may('documents.review-import')) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('documents.screen.discard')}
      </Button>
      <Confirm
        isOpen={isAsking}
        title={t('documents.screen.discard-title')}
        act={t('documents.screen.discard')}
        isDestructive
        isPending={discard.isPending}
        onConfirm={() => discard.mutate()}
        onClose={() => setAsking(false)}
      >
        {t('documents.screen.discard-words')}
      </Confirm>
    </>
  )
}
