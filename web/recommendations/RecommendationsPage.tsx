import { Button, SegmentedControl } from '@mantine/core'
import { IconLink, IconTags } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ImplementationStatus } from '#plans/model'
import type { RecommendationSummary } from '#recommendations/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { serverFilter, writeOrder } from '../kit/filter-url.ts'
import { ListTools } from '../kit/lists/ListTools.tsx'
import { MoreMenu, type MoreItem } from '../kit/MoreMenu.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useMay } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl, type ListUrl } from '../kit/useListUrl.ts'
import { stringifySearch } from '../kit/url.ts'
import { useDownload } from '../plans/DownloadButton.tsx'
import { choice } from '../plans/words.ts'
import { coverageTo } from './coverage/addresses.ts'
import { groupingsTo } from './groupings/addresses.ts'
import { importsTo } from './imports/addresses.ts'
import { matrixTo } from './matrix/addresses.ts'
import { names, reaches, recommendationTo } from './addresses.ts'
import { BulkTagsDialog } from './BulkTagsDialog.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { useRecommendationFilters } from './list-filters.ts'
import { implementationsQuery, progressQuery, recommendationsQuery, type Recommendations } from './queries.ts'
import styles from './Recommendations.module.css'
import { implementationTones, placeWords, termWords, useNames } from './words.ts'

/** As their documents print them; of all States there are too many to order so. */
const printed = { by: 'printed', isDescending: false }

/** What was asked of the State: the newest cycle of each mechanism unless asked for more. */
export function RecommendationsPage() {
  const t = useText()
  const may = useMay()
  const list = useListUrl({ filters: useRecommendationFilters(), orders: ['printed'] })
  const reach = list.values[names.reach]?.[0] ?? ''
  const order = reach === reaches.all ? undefined : printed
  const filter = serverFilter(list.filters, list.values)
  const { data, error, refetch, isPlaceholderData } = useQuery(
    recommendationsQuery({ page: list.page, size: list.size, order: order && writeOrder(order), ...filter }),
  )
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const seen = useSeen(data?.items)
  const [dialog, setDialog] = useState<'tags' | 'link'>()
  const chosen = [...selected].flatMap((id) => seen.get(id) ?? [])
  const own = useNames()
  const isKeeper = own.lists?.mechanisms.some(({ keeps }) => keeps) === true
  const acts = (
    <>
      {may('recommendations.keep') && isKeeper && (
        <Button
          variant="default"
          leftSection={<IconTags size={18} stroke={1.6} aria-hidden />}
          onClick={() => setDialog('tags')}
        >
          {t('recommendations.tag-many')}
        </Button>
      )}
      {may('plans.answer') && (
        <Button
          variant="default"
          leftSection={<IconLink size={18} stroke={1.6} aria-hidden />}
          onClick={() => setDialog('link')}
        >
          {t('recommendations.link-act')}
        </Button>
      )}
    </>
  )
  const table = useDownload()
  const close = () => setDialog(undefined)
  const more: MoreItem[] = [
    ...(may('recommendations.import') && isKeeper ? [{ label: t('bring.title'), to: importsTo }] : []),
    ...(may('recommendations.keep') && isKeeper ? [{ label: t('groupings.title'), to: groupingsTo }] : []),
    ...(may('recommendations.export')
      ? [
          {
            label: t('recommendations.table'),
            isDisabled: table.isPending || !data || data.total === 0,
            act: () =>
              table.start(`/recommendations/file${stringifySearch({ ...filter, format: 'xlsx' })}`, 'khuyen-nghi.xlsx'),
          },
        ]
      : []),
  ]
  return (
    <>
      <PageHeader
        title={t('recommendations.title')}
        state={data && <State data={data} reach={reach} />}
        acts={
          <>
            <MoreMenu items={more} />
            {may('recommendations.export') && (
              <Button component={Link} to={matrixTo + stringifySearch(list.values)} variant="default">
                {t('matrix.open')}
              </Button>
            )}
            {may('plans.read') && (
              <Button component={Link} to={coverageTo}>
                {t('answered.title')}
              </Button>
            )}
          </>
        }
      />
      <Progress list={list} filter={filter} />
      <SegmentedControl
        className={`${styles.reach} screen-only`}
        aria-label={t('recommendations.reach')}
        value={reach}
        onChange={(to) => list.setValues({ ...list.values, [names.reach]: to === '' ? [] : [to] })}
        data={[
          { value: '', label: t('recommendations.reach-latest') },
          { value: reaches.own, label: t('recommendations.reach-own') },
          { value: reaches.all, label: t('recommendations.reach-all') },
        ]}
      />
      <ListTools
        list={{ ...list, order }}
        of="recommendations.registry"
        table="recommendations"
        facets={{ path: '/recommendations/facets', open: ['implementation', 'mechanism', 'cluster'] }}
        total={data?.total}
        selected={selected}
      >
        <DataTable
          id="recommendations"
          caption={t('recommendations.title')}
          columns={useColumns(data?.items)}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(one) => one.id}
          rowName={(one) => placeWords(one, t)}
          rowTo={(one) => recommendationTo(one.id)}
          list={list}
          total={data?.total}
          isMore={data?.isMore}
          selection={{ selected, onChange: setSelected, acts }}
          empty={
            list.isFiltered ? undefined : (
              <Empty title={t('recommendations.empty')}>{t('recommendations.empty-words')}</Empty>
            )
          }
        />
      </ListTools>
      {dialog === 'tags' && <BulkTagsDialog chosen={chosen} onClose={close} />}
      {dialog === 'link' && <LinkDialog recommendations={chosen} onClose={close} />}
    </>
  )
}

/** What was shown once can be named again when it was chosen on an earlier page. */
function useSeen(shown: readonly RecommendationSummary[] | undefined): ReadonlyMap<string, RecommendationSummary> {
  const seen = useRef(new Map<string, RecommendationSummary>())
  useEffect(() => {
    for (const one of shown ?? []) seen.current.set(one.id, one)
  }, [shown])
  return seen.current
}

/** How many, of what; and how far the words of a new file can be searched already. */
function State({ data, reach }: { data: Recommendations; reach: string }) {
  const t = useText()
  const format = useFormat()
  const { done, total } = data.searchable
  return (
    <>
      {t('recommendations.state-line', {
        reach: reach === reaches.all ? 'all' : reach === reaches.own ? 'own' : 'latest',
        total: data.total,
        number: data.isMore
          ? t('recommendations.more-than', { number: format.number(data.total) })
          : format.number(data.total),
      })}
      {done < total && (
        <span className={styles.searchable}>
          {t('recommendations.searchable', { done: format.number(done), total: format.number(total) })}
        </span>
      )}
    </>
  )
}

const noTask = 'none'

/** How far those shown are carried out, in one line; each number narrows the list. */
function Progress({ list, filter }: { list: ListUrl; filter: Record<string, string[]> }) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(progressQuery(filter))
  const counts = data?.implementation ?? []
  if (counts.length === 0) return null
  const chosen = list.values[names.implementation] ?? []
  return (
    <ul className={styles.progress} aria-label={t('recommendations.by-implementation')}>
      {[noTask, ...ImplementationStatus.options].map((value) => {
        const count = counts.find((one) => one.value === value)?.count ?? 0
        const isChosen = chosen.length === 1 && chosen[0] === value
        return (
          <li key={value}>
            <button
              type="button"
              aria-pressed={isChosen}
              disabled={count === 0 && !isChosen}
              onClick={() => list.setValues({ ...list.values, [names.implementation]: isChosen ? [] : [value] })}
            >
              <StatusBadge tone={value === noTask ? 'overdue' : implementationTones[ImplementationStatus.parse(value)]}>
                <strong>{format.number(count)}</strong>{' '}
                {value === noTask
                  ? t('recommendations.without-implementation')
                  : t('recommendations.implementation-is', { code: choice(value) })}
              </StatusBadge>
            </button>
          </li>
        )
      })}
      <li className={styles.seen}>{t('recommendations.implementation-seen')}</li>
    </ul>
  )
}

function useColumns(shown: readonly RecommendationSummary[] | undefined): Column<RecommendationSummary>[] {
  const t = useText()
  const format = useFormat()
  const own = useNames()
  const may = useMay()
  const ids = may('plans.read') ? (shown?.map(({ id }) => id) ?? []) : []
  const { data: implementations } = useQuery(implementationsQuery(ids))
  const terms = (one: RecommendationSummary, scheme: string) =>
    one.terms.flatMap((number) => {
      const term = own.term(number)
      return term?.scheme === scheme ? [termWords(term)] : []
    })
  return [
    {
      id: 'recommendation',
      title: t('recommendations.one'),
      width: '24rem',
      cell: (one) => (
        <span className={styles.named}>
          <Link
            to={recommendationTo(one.id)}
            className={styles.title}
            title={one.translation ?? one.text}
            lang={one.translation === null ? one.language : undefined}
          >
            {one.translation ?? one.text}
          </Link>
          {one.isTranslationOutdated && (
            <span className={styles.detail}>{t('recommendations.translation-outdated')}</span>
          )}
          {one.isWholeChanged && <span className={styles.detail}>{t('recommendations.whole-changed')}</span>}
        </span>
      ),
    },
    {
      id: 'place',
      title: t('recommendations.place'),
      width: '14rem',
      cell: (one) => (
        <span className={styles.named}>
          {placeWords(one, t)}
          <span className={styles.detail}>
            {[
              own.mechanism(one.mechanism),
              one.cycle && t('recommendations.cycle-is', { cycle: one.cycle }),
              one.publishedOn && format.date(one.publishedOn),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'marks',
      title: t('recommendations.marks'),
      width: '11rem',
      cell: (one) => (
        <span className={styles.marks}>
          {one.isUrgent && <StatusBadge tone="overdue">{t('recommendations.urgent')}</StatusBadge>}
          {one.position !== null && (
            <StatusBadge tone="note">{t('recommendations.position-is', { code: choice(one.position) })}</StatusBadge>
          )}
          {one.undecided.length > 0 && (
            <StatusBadge tone="guess">
              {t('recommendations.undecided', {
                count: one.undecided.length,
                number: format.number(one.undecided.length),
              })}
            </StatusBadge>
          )}
        </span>
      ),
    },
    {
      id: 'implementation',
      title: t('recommendations.by-implementation'),
      width: '11rem',
      cell: (one) => {
        const status = implementations?.get(one.id)
        if (implementations === undefined) return ''
        return status === undefined ? (
          <StatusBadge tone="overdue">{t('recommendations.without-implementation')}</StatusBadge>
        ) : (
          <StatusBadge tone={implementationTones[status]}>
            {t('recommendations.implementation-is', { code: choice(status) })}
          </StatusBadge>
        )
      },
    },
    {
      id: 'cluster',
      title: t('recommendations.by-cluster'),
      width: '10rem',
      cell: (one) => terms(one, 'cluster').join('; '),
    },
    {
      id: 'theme',
      title: t('recommendations.by-theme'),
      isSpare: true,
      width: '12rem',
      cell: (one) => terms(one, 'theme').join('; '),
    },
    {
      id: 'group',
      title: t('recommendations.by-group'),
      isSpare: true,
      width: '12rem',
      cell: (one) => terms(one, 'group').join('; '),
    },
    {
      id: 'sdg',
      title: t('recommendations.by-sdg'),
      isSpare: true,
      width: '12rem',
      cell: (one) => terms(one, 'sdg').join('; '),
    },
    {
      id: 'own',
      title: t('recommendations.by-own'),
      isSpare: true,
      width: '12rem',
      cell: (one) => terms(one, 'own').join('; '),
    },
    {
      id: 'weight',
      title: t('recommendations.by-weight'),
      isSpare: true,
      width: '8rem',
      cell: (one) => (one.weight === null ? '' : t('recommendations.weight-is', { code: one.weight })),
    },
    {
      id: 'states',
      title: t('recommendations.states'),
      isSpare: true,
      width: '9rem',
      cell: (one) => one.states.join('; '),
    },
  ]
}
