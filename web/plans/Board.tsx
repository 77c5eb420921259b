import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BoardCounts, Occurrence, ProgressColumn, Standing } from '#plans/model'
import { useSetUrl, useUrl } from '../kit/address.ts'
import { DueWords } from '../kit/DueWords.tsx'
import { LoadFailed } from '../kit/Empty.tsx'
import { SelectField } from '../kit/fields.tsx'
import { useMay, useSession } from '../kit/session.tsx'
import { StatusBadge, ToneShape, type Tone } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { names, workTo } from './addresses.ts'
import styles from './Board.module.css'
import { useActingAgency } from './own.ts'
import { boardQuery, columnQuery } from './queries.ts'
import type { Query } from './requests.ts'
import { choice, periodWords, progressTones, shorten, standingTones, withPath } from './words.ts'

interface Column {
  id: string
  title: string
  tone: Tone
  count: number
  /** What narrows the list to the column. */
  of: Query
}

const standingValue = 'tinh-trang'
/** The four numbers, and what stands apart when there is any. */
const always: readonly Standing[] = ['overdue', 'pending-in-time', 'done-late', 'done-on-time']

/**
 * Work in columns by the state of its update, or by the four numbers. A card is moved by the act that moves the work: it
 * opens where one writes, sends, accepts or returns.
 */
export function Board({ of }: { of: Query }) {
  const t = useText()
  const url = useUrl()
  const setUrl = useSetUrl()
  const isByStanding = oneOf(url[names.columns]) === standingValue
  const { data, error, refetch } = useQuery(boardQuery(of))
  const words = useColumnWords()
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (!data) return <p role="status">{t('kit.table-loading')}</p>
  const columns = isByStanding ? byStanding(data) : byProgress(data)
  return (
    <div className={styles.whole}>
      <div className={`${styles.choose} screen-only`}>
        <SelectField
          id="board-by"
          label={t('plans.board-by')}
          choices={[
            { value: 'progress', label: t('plans.board-by-progress') },
            { value: 'standing', label: t('plans.board-by-standing') },
          ]}
          value={isByStanding ? 'standing' : 'progress'}
          onChange={(wanted) => setUrl({ [names.columns]: wanted === 'standing' ? standingValue : undefined }, true)}
        />
        <p className={styles.quiet}>{t('plans.board-words')}</p>
      </div>
      <div className={styles.columns}>
        {columns.map((column) => (
          <BoardColumn key={column.id} column={column} of={{ ...of, ...column.of }} />
        ))}
      </div>
    </div>
  )
  function byProgress({ columns: counts }: BoardCounts): Column[] {
    return counts.map(({ column, count }) => ({
      id: column,
      title: words(column),
      tone: column === 'none' ? 'pending' : progressTones[column],
      count,
      of: { progressState: column },
    }))
  }
  function byStanding({ standings }: BoardCounts): Column[] {
    const countOf = new Map(standings.map(({ standing, count }) => [standing, count]))
    const others = standings.filter(({ standing, count }) => count > 0 && !always.includes(standing))
    return [...always, ...others.map(({ standing }) => standing)].map((standing) => ({
      id: standing,
      title: t('plans.standing-is', { standing: choice(standing) }),
      tone: standingTones[standing],
      count: countOf.get(standing) ?? 0,
      of: { standing },
    }))
  }
}

function useColumnWords(): (column: ProgressColumn) => string {
  const t = useText()
  return (column) => (column === 'none' ? t('plans.update-none') : t('plans.update-is', { state: column }))
}

function BoardColumn({ column, of }: { column: Column; of: Query }) {
  const t = useText()
  const format = useFormat()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...columnQuery(of),
    enabled: column.count > 0,
  })
  const cards = column.count === 0 ? [] : (data?.pages.flatMap((page) => page.items) ?? [])
  const rest = column.count - cards.length
  return (
    <section aria-labelledby={`column-${column.id}`} className={styles.column}>
      <h2 id={`column-${column.id}`} className={styles.title}>
        <ToneShape tone={column.tone} />
        {column.title}
        <span className={styles.count}>{format.number(column.count)}</span>
      </h2>
      {error && !data && <LoadFailed problem={error} onRetry={() => void refetch()} />}
      {column.count === 0 && <p className={styles.quiet}>{t('plans.board-empty')}</p>}
      <ul className={styles.cards}>
        {cards.map((work) => (
          <li key={work.id}>
            <Card work={work} />
          </li>
        ))}
      </ul>
      {hasNextPage && rest > 0 && (
        <Button
          variant="default"
          className="screen-only"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('plans.board-more', { count: rest, number: format.number(rest) })}
        </Button>
      )}
      {rest > 0 && cards.length > 0 && (
        <p className="print-only">{t('plans.board-rest', { count: rest, number: format.number(rest) })}</p>
      )}
    </section>
  )
}

function Card({ work }: { work: Occurrence }) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const act = useAct()(work)
  const period = periodWords(work.period, t)
  const title = shorten(withPath(work.path, work.text), 140)
  return (
    <article className={styles.card}>
      <Link to={workTo(work.id)} className={styles.deed}>
        {title}
      </Link>
      <span className={styles.quiet}>
        {work.agency.name}
        {period && ` · ${period}`}
      </span>
      {work.doneOn === null ? (
        <DueWords dueOn={work.dueOn} today={today} />
      ) : (
        <StatusBadge tone={standingTones[work.standing]}>
          {t('plans.done-on', { date: format.date(work.doneOn) })}
        </StatusBadge>
      )}
      {act && (
        <Link
          to={`${workTo(work.id)}#${act.place}`}
          className={`${styles.act} screen-only`}
          aria-label={t('plans.board-act-of', { act: t(act.words), task: title })}
        >
          {t(act.words)}
        </Link>
      )}
    </article>
  )
}

/** The act that moves a piece of work on, for this person; the server decides whether it may. */
function useAct(): (work: Occurrence) => { words: string; place: string } | undefined {
  const may = useMay()
  const own = useActingAgency()?.id
  return (work) => {
    const isOwn = work.agency.id === own
    if (isOwn && may('plans.report-progress') && work.doneOn === null && work.progressState !== 'submitted')
      return { words: `plans.board-act-${work.progressState ?? 'none'}`, place: 'cap-nhat' }
    if (!isOwn && may('plans.check-progress') && work.progressState === 'submitted')
      return { words: 'plans.board-act-submitted', place: 'kiem-tra' }
    return undefined
  }
}
