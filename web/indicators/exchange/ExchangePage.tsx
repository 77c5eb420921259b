import { Button } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CodeKind, MeaningFoundBy, ThingState, type ForeignThing } from '#indicators/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { serverFilter, type Filter } from '../../kit/filter-url.ts'
import { ListTools } from '../../kit/lists/ListTools.tsx'
import { MoreMenu } from '../../kit/MoreMenu.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { indicatorsTo } from '../addresses.ts'
import styles from '../Indicators.module.css'
import { useNames, useRenewIndicators } from '../queries.ts'
import own from './Exchange.module.css'
import { FoundDialog } from './FoundDialog.tsx'
import { JoinDialog } from './JoinDialog.tsx'
import { PackageDialog } from './PackageDialog.tsx'
import {
  endCode,
  joinThings,
  lookAgain,
  meaningOf,
  names,
  sureOf,
  systemsQuery,
  thingsQuery,
  thingTones,
} from './queries.ts'
import { detailOf, foundWords, nameOf, saidWords } from './words.ts'

/** Codes of other systems: what each is with us, what it may be and why, and what has no match. */
export function ExchangePage() {
  const t = useText()
  const list = useListUrl({ filters: useFilters() })
  const { data, error, refetch, isPlaceholderData } = useQuery(
    thingsQuery({ page: list.page, size: list.size, ...serverFilter(list.filters, list.values) }),
  )
  const { data: systems = [] } = useQuery(systemsQuery)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [choosing, setChoosing] = useState<ForeignThing>()
  const [open, setOpen] = useState<'package' | 'found'>()
  const acts = useActs()
  const sure = (data?.items ?? []).filter((one) => selected.has(one.id) && sureOf(one) !== undefined)
  const hidden = selected.size - (data?.items ?? []).filter(({ id }) => selected.has(id)).length
  return (
    <>
      <PageHeader
        title={t('indicators.exchange-title')}
        state={data && t('indicators.exchange-state', { count: data.total })}
        crumbs={[{ label: t('indicators.title'), to: indicatorsTo }, { label: t('indicators.exchange-title') }]}
        acts={
          <>
            <Button leftSection={<IconUpload size={18} stroke={1.6} aria-hidden />} onClick={() => setOpen('package')}>
              {t('indicators.exchange-give-act')}
            </Button>
            <MoreMenu
              items={[
                ...(systems.length === 0
                  ? []
                  : [{ label: t('indicators.exchange-join-found-act'), act: () => setOpen('found') }]),
                ...systems.map((system) => ({
                  label: t('indicators.exchange-look', { system }),
                  act: () => acts.looking.mutate(system),
                })),
              ]}
            />
          </>
        }
      />
      <ErrorSummary problem={acts.problem} />
      <ListTools
        list={list}
        of="indicators.foreign-things"
        table="foreign-things"
        facets={{ path: '/figures/exchange/things/facets', open: ['state', 'kind', 'by'] }}
        total={data?.total}
        selected={selected}
      >
        <DataTable
          id="foreign-things"
          caption={t('indicators.exchange-title')}
          columns={useColumns({ onChoose: setChoosing, acts })}
          rows={data?.items}
          error={error}
          onRetry={() => void refetch()}
          isRefreshing={isPlaceholderData}
          rowId={(one) => one.id}
          rowName={nameOf}
          list={list}
          total={data?.total}
          selection={{
            selected,
            onChange: setSelected,
            acts: (
              <Button
                loading={acts.joining.isPending}
                disabled={sure.length === 0}
                onClick={() => acts.joining.mutate(sure, { onSuccess: () => setSelected(new Set()) })}
              >
                {t('indicators.exchange-join-many', { count: sure.length, hidden })}
              </Button>
            ),
          }}
          empty={
            list.isFiltered ? undefined : (
              <Empty title={t('indicators.exchange-none')}>{t('indicators.exchange-none-words')}</Empty>
            )
          }
        />
      </ListTools>
      {choosing && <JoinDialog thing={choosing} onClose={() => setChoosing(undefined)} />}
      {open === 'package' && <PackageDialog systems={systems} onClose={() => setOpen(undefined)} />}
      {open === 'found' && <FoundDialog systems={systems} onClose={() => setOpen(undefined)} />}
    </>
  )
}

/** Joining by the suggestion that stands alone, taking apart, looking anew. */
function useActs() {
  const t = useText()
  const toast = useToast()
  const renew = useRenewIndicators()
  const joining = useMutation({
    mutationFn: (things: readonly ForeignThing[]) =>
      joinThings(
        things.flatMap((one) => {
          const found = sureOf(one)
          return found === undefined ? [] : [{ id: one.id, meaning: meaningOf(one, found) }]
        }),
      ),
    onSuccess: async ({ joined }) => {
      await renew()
      toast({ kind: 'done', text: t('indicators.exchange-joined', { count: joined }) })
    },
  })
  const ending = useMutation({
    mutationFn: endCode,
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('indicators.exchange-ended') })
    },
  })
  const looking = useMutation({
    mutationFn: lookAgain,
    onSuccess: async ({ count }) => {
      await renew()
      toast({ kind: 'done', text: t('indicators.exchange-looked', { count }) })
    },
  })
  return { joining, ending, looking, problem: joining.error ?? ending.error ?? looking.error }
}

function useFilters(): Filter[] {
  const t = useText()
  return [
    { name: names.search, key: 'search', kind: 'text', label: t('indicators.exchange-search') },
    {
      ...{ name: names.state, key: 'state', kind: 'many', isFacet: true, label: t('indicators.things-column-state') },
      choices: ThingState.options.map((value) => ({ value, label: t(`indicators.things-state-${value}`) })),
    },
    {
      ...{ name: names.kind, key: 'kind', kind: 'many', isFacet: true, label: t('indicators.things-column-kind') },
      choices: CodeKind.options.map((value) => ({ value, label: t(`indicators.things-kind-${value}`) })),
    },
    {
      ...{ name: names.by, key: 'by', kind: 'many', isFacet: true, label: t('indicators.things-column-by') },
      choices: MeaningFoundBy.options.map((value) => ({ value, label: t(`indicators.things-by-${value}`) })),
    },
    {
      ...{ name: names.refused, key: 'isRefused', kind: 'many', isFacet: true },
      label: t('indicators.exchange-refused'),
      choices: ['true', 'false'].map((value) => ({
        value,
        label: t('indicators.exchange-refused-is', { refused: value === 'true' ? 'yes' : 'no' }),
      })),
    },
    {
      ...{ name: names.system, key: 'system', kind: 'many', isFacet: true, isOpen: true },
      ...{ label: t('indicators.things-column-system'), choices: [] },
    },
  ]
}

type Doing = { onChoose: (one: ForeignThing) => void; acts: ReturnType<typeof useActs> }

function useColumns({ onChoose, acts }: Doing): Column<ForeignThing>[] {
  const t = useText()
  const format = useFormat()
  const known = useNames()
  return [
    {
      id: 'thing',
      title: t('indicators.exchange-thing'),
      width: '13rem',
      cell: (one) => (
        <span className={styles.named}>
          <span className={styles.title}>{nameOf(one)}</span>
          <span className={styles.detail}>{detailOf(one)}</span>
        </span>
      ),
    },
    {
      id: 'kind',
      title: t('indicators.things-column-kind'),
      width: '7rem',
      cell: (one) => (
        <span className={styles.named}>
          {t(`indicators.things-kind-${one.kind}`)}
          <span className={styles.detail}>{one.system}</span>
        </span>
      ),
    },
    {
      id: 'state',
      title: t('indicators.things-column-state'),
      width: '9rem',
      cell: (one) => (
        <span className={styles.named}>
          <StatusBadge tone={thingTones[one.state]}>{t(`indicators.things-state-${one.state}`)}</StatusBadge>
          {one.refused > 0 && one.refusedAt !== null && (
            <span className={styles.detail}>
              {t('indicators.exchange-cost', { count: one.refused, at: format.dateTime(one.refusedAt) })}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'means',
      title: t('indicators.exchange-means'),
      width: '13rem',
      cell: (one) => <Means one={one} words={(found) => foundWords(found, t, known)} said={saidWords(one, t, known)} />,
    },
    {
      id: 'acts',
      title: t('indicators.exchange-acts'),
      width: '8rem',
      cell: (one) => (
        <span className={own.acts}>
          {sureOf(one) !== undefined && (
            <Button size="compact-sm" loading={isAt(acts.joining, one)} onClick={() => acts.joining.mutate([one])}>
              {t('indicators.exchange-join')}
            </Button>
          )}
          <Button variant="default" size="compact-sm" onClick={() => onChoose(one)}>
            {t('indicators.exchange-choose', { state: one.state })}
          </Button>
          {one.said !== null && (
            <Button variant="default" size="compact-sm" onClick={() => acts.ending.mutate(one.said?.id ?? '')}>
              {t('indicators.exchange-end')}
            </Button>
          )}
        </span>
      ),
    },
  ]
}

function isAt({ isPending, variables }: ReturnType<typeof useActs>['joining'], one: ForeignThing): boolean {
  return isPending && variables.length === 1 && variables[0]?.id === one.id
}

type MeansProps = { one: ForeignThing; words: (found: ForeignThing['found'][number]) => string; said: string }

/** What it is, or the likeliest with its reason and how many more there are. */
function Means({ one, words, said }: MeansProps) {
  const t = useText()
  if (one.state === 'joined') return said
  const [first, ...others] = one.found
  if (first === undefined) return null
  return (
    <span className={styles.named}>
      {words(first)}
      <span className={styles.detail}>
        {t(`indicators.things-by-${first.by}`)}
        {first.was !== null && `: ${first.was}`}
        {others.length > 0 && ` · ${t('indicators.exchange-more', { count: others.length })}`}
      </span>
    </span>
  )
}
