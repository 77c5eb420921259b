import { Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Notice } from '#notifications/model'
import { act } from '../access/requests.ts'
import { useSetUrl, useUrl } from '../kit/address.ts'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { pageName } from '../kit/filter-url.ts'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Pager } from '../kit/Pager.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { oneOf } from '../kit/url.ts'
import { useListUrl } from '../kit/useListUrl.ts'
import { noticeSentence, noticeTo } from './notice-words.ts'
import styles from './Notices.module.css'
import { noticesKey, noticesQuery } from './requests.ts'
import { SnoozeMenu } from './SnoozeMenu.tsx'

/** The views, by what their addresses say. */
const views = { 'chua-doc': 'unread', 'de-sau': 'snoozed', 'tat-ca': 'all' } as const
type ViewName = keyof typeof views
const viewName = 'xem'

const isView = (name: string | undefined): name is ViewName => name !== undefined && name in views

/** What one must hear: read, put off, or looked up again. */
export function NoticesPage() {
  const t = useText()
  const list = useListUrl({})
  const url = useUrl()
  const setUrl = useSetUrl()
  const asked = oneOf(url[viewName])
  const view: ViewName = isView(asked) ? asked : 'chua-doc'
  const { data, error, refetch } = useQuery(noticesQuery({ view: views[view], page: list.page, size: list.size }))
  const all = useReading(null)
  return (
    <>
      <PageHeader
        title={t('notifications.notices')}
        state={data && t('notifications.notices-unread', { count: data.unread })}
        acts={
          data &&
          data.unread > 0 && (
            <Button variant="default" loading={all.isPending} onClick={() => all.mutate()}>
              {t('notifications.read-all')}
            </Button>
          )
        }
      />
      <SegmentedControl
        className={`${styles.views} screen-only`}
        aria-label={t('notifications.views')}
        value={view}
        onChange={(next) => setUrl({ [viewName]: next === 'chua-doc' ? undefined : next, [pageName]: undefined }, true)}
        data={Object.entries(views).map(([value, name]) => ({ value, label: t(`notifications.view-${name}`) }))}
      />
      {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <Empty title={t('notifications.notices-empty')}>{t('notifications.notices-empty-words')}</Empty>
      )}
      <ul className={styles.list}>
        {data?.items.map((notice) => (
          <li key={notice.id}>
            <NoticeRow notice={notice} />
          </li>
        ))}
      </ul>
      {data && data.total > 0 && <Pager list={list} total={data.total} />}
    </>
  )
}

/** Marks one notice, or all that wait, as read. */
function useReading(id: string | null) {
  const queries = useQueryClient()
  const toast = useToast()
  const words = useProblemWords()
  return useMutation({
    mutationFn: () => act<void>(id === null ? '/notices/reading' : `/notices/${id}/reading`),
    onSuccess: () => queries.invalidateQueries({ queryKey: [noticesKey] }),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
}

function NoticeRow({ notice }: { notice: Notice }) {
  const t = useText()
  const format = useFormat()
  const { posts } = useSession()
  const read = useReading(notice.id)
  const to = noticeTo(notice)
  const sentence = noticeSentence(t, format, notice)
  const isUnread = notice.readAt === null
  const [path, hash] = (to ?? '').split('#')
  return (
    <article className={styles.notice}>
      <div className={styles.words} data-unread={isUnread || undefined}>
        <p>
          {to === null ? (
            sentence
          ) : (
            <Link to={path} hash={hash} onClick={() => isUnread && read.mutate()}>
              {sentence}
            </Link>
          )}
        </p>
        <p className={styles.quiet}>
          <time dateTime={notice.madeAt}>{format.dateTime(notice.madeAt)}</time>
          {posts.length > 1 && notice.agencyName !== null && (
            <> · {t('notifications.to-body', { agency: notice.agencyName })}</>
          )}
          {isUnread && notice.snoozedUntil !== null && (
            <> · {t('notifications.snoozed-until', { at: format.dateTime(notice.snoozedUntil) })}</>
          )}
        </p>
      </div>
      {isUnread && (
        <div className={`${styles.acts} screen-only`}>
          <SnoozeMenu noticeId={notice.id} />
          <Button variant="subtle" size="compact-sm" loading={read.isPending} onClick={() => read.mutate()}>
            {t('notifications.read')}
          </Button>
        </div>
      )}
    </article>
  )
}
