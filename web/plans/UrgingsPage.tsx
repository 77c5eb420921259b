import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { UrgingState } from '#plans/model'
import { DueWords } from '../kit/DueWords.tsx'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Pager } from '../kit/Pager.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { useSetUrl, useUrl } from '../kit/address.ts'
import { pageName } from '../kit/filter-url.ts'
import { useListUrl } from '../kit/useListUrl.ts'
import { TalkDrawer } from '../notifications/TalkDrawer.tsx'
import { names, planTo } from './addresses.ts'
import { Addressees } from './Addressees.tsx'
import { DownloadButton } from './DownloadButton.tsx'
import { urgingsQuery } from './queries.ts'
import styles from './Urgings.module.css'
import { useScrollToHash } from './useScrollToHash.ts'
import { Views } from './Views.tsx'

const received = 'nhan-duoc'

/** Urgings (đôn đốc) sent and received, with what was answered. */
export function UrgingsPage() {
  const t = useText()
  const format = useFormat()
  const url = useUrl()
  const setUrl = useSetUrl()
  const list = useListUrl({})
  const isReceived = oneOf(url[names.view]) === received
  const { data, error, refetch } = useQuery(
    urgingsQuery({ page: list.page, size: list.size, planId: oneOf(url[names.plan]), toMe: isReceived || undefined }),
  )
  useScrollToHash(data !== undefined)
  const open = data?.items.filter((urging) => urging.addressees.some((to) => to.answeredAt === null)).length ?? 0
  return (
    <>
      <PageHeader
        title={t('plans.urgings-title')}
        state={
          data &&
          t('plans.urgings-state', {
            total: data.total,
            number: format.number(data.total),
            open,
            waiting: format.number(open),
          })
        }
      />
      <Views
        label={t('plans.views')}
        views={[
          { id: 'tat-ca', label: t('plans.urgings-all') },
          { id: received, label: t('plans.urgings-received') },
        ]}
        view={isReceived ? received : 'tat-ca'}
        onView={(view) => setUrl({ [names.view]: view === received ? view : undefined, [pageName]: undefined }, true)}
      >
        {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
        {data?.items.length === 0 && <Empty title={t('plans.urgings-empty')}>{t('plans.urgings-empty-words')}</Empty>}
        <ul className={styles.urgings}>
          {data?.items.map((urging) => (
            <li key={urging.id}>
              <Urging urging={urging} />
            </li>
          ))}
        </ul>
        {data && data.total > 0 && <Pager list={list} total={data.total} />}
      </Views>
    </>
  )
}

function Urging({ urging }: { urging: UrgingState }) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const { today } = useSession()
  return (
    <article id={urging.id} tabIndex={-1} className={styles.urging} aria-labelledby={`${urging.id}-title`}>
      <header className={styles.head}>
        <div>
          <h2 id={`${urging.id}-title`}>
            {t('plans.urging-of', { agency: urging.from.name, date: format.dateTime(urging.sentAt) })}
          </h2>
          {urging.planId !== null && (
            <p>
              {t('plans.about-plan')} <Link to={planTo(urging.planId)}>{urging.planTitle}</Link>
            </p>
          )}
        </div>
        <p className={styles.due}>
          {urging.answerBy === null ? (
            t('plans.no-answer-by')
          ) : urging.addressees.every((to) => to.answeredAt !== null) ? (
            t('plans.answer-was-due', { date: format.date(urging.answerBy) })
          ) : (
            <>
              {t('plans.answer-due')} <DueWords dueOn={urging.answerBy} today={today} />
            </>
          )}
        </p>
      </header>
      <p className={styles.text}>{urging.text}</p>
      <Addressees urging={urging} />
      <TalkDrawer
        record={{ kind: 'plans.urging', id: urging.id }}
        title={t('plans.urging-of', { agency: urging.from.name, date: format.dateTime(urging.sentAt) })}
      />
      {may('plans.export') && (
        <DownloadButton path={`/urgings/${urging.id}/document`} name="don-doc">
          {t('plans.urging-letter')}
        </DownloadButton>
      )}
    </article>
  )
}
