import { Button, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { IndicatorRow, MeasuredRecommendation, MeasureRow } from '#indicators/model'
import type { MeasuredTask } from '#plans/model'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { Section } from '../../kit/Section.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { nodeTo } from '../../plans/addresses.ts'
import { WorkNumbers } from '../../plans/Numbers.tsx'
import { shorten, withPath } from '../../plans/words.ts'
import { recommendationTo } from '../../recommendations/addresses.ts'
import { findOthers, findTasks } from '../../recommendations/find.ts'
import { placeWords, useNames } from '../../recommendations/words.ts'
import { LinkDialog, UnlinkDialog } from './LinkDialog.tsx'
import styles from './Links.module.css'
import { recommendationsOfQuery, tasksOfQuery } from './queries.ts'
import { useOwnList, type OwnList } from './useOwnList.ts'

interface Of {
  indicator: IndicatorRow
  /** What is laid to more of them. */
  measure: MeasureRow
}

/** What an indicator is for: the recommendations it tells of, the tasks it follows. */
export function UsesSection(of: Of) {
  const may = useMay()
  return (
    <>
      <Recommendations {...of} />
      {may('plans.read') && <Tasks {...of} />}
    </>
  )
}

type Ending = { id: string; version: number; name: string }

function Recommendations({ indicator, measure }: Of) {
  const t = useText()
  const may = useMay()
  const known = useNames()
  const list = useOwnList('khuyen-nghi')
  const [isLinking, setLinking] = useState(false)
  const [ending, setEnding] = useState<Ending>()
  const { data, error, refetch, isPlaceholderData } = useQuery(recommendationsOfQuery(indicator.id, list.asked))
  const mayLink = may('indicators.link-measures') && (known.lists?.mechanisms.some(({ keeps }) => keeps) ?? false)
  if (data?.total === 0 && list.search === '' && !mayLink) return null
  const columns: Column<MeasuredRecommendation>[] = [
    {
      id: 'recommendation',
      title: t('linked.recommendation'),
      width: '24rem',
      cell: (row) => (
        <span className={styles.named}>
          <Link to={recommendationTo(row.recommendationId)}>{placeWords(row, t)}</Link>
          <span>{shorten(row.translation ?? row.text, 200)}</span>
          <span className={styles.quiet}>{known.mechanism(row.mechanism)}</span>
        </span>
      ),
    },
    ...ofMeasure<MeasuredRecommendation>(indicator, t('linked.measure')),
    ...endColumn<MeasuredRecommendation>(mayLink, t('linked.acts'), (row) => (
      <EndButton name={placeWords(row, t)} link={row} onEnd={setEnding} />
    )),
  ]
  return (
    <Section
      title={t('linked.recommendations')}
      acts={mayLink && <LinkButton words={t('linked.link-recommendations')} onClick={() => setLinking(true)} />}
    >
      <Search list={list} label={t('linked.search-recommendations')} total={data?.total} />
      <DataTable
        id="indicator-recommendations"
        caption={t('linked.recommendations')}
        columns={columns}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={({ linkId }) => linkId}
        rowName={(row) => placeWords(row, t)}
        rowTo={(row) => recommendationTo(row.recommendationId)}
        list={list.url}
        {...(data ? { total: data.total } : {})}
        empty={<Empty title={t(list.search === '' ? 'linked.no-recommendations' : 'linked.none-found')} />}
      />
      {isLinking && (
        <LinkDialog
          title={t('linked.link-recommendations')}
          pick={{
            label: t('linked.pick-recommendations'),
            help: t('linked.pick-recommendations-help'),
            what: 'recommendations of the State',
            find: findOthers('', t),
          }}
          path="/recommendation-measures"
          linkOf={({ id }) => ({ measureId: measure.id, recommendationId: id })}
          onClose={() => setLinking(false)}
        />
      )}
      {ending && <UnlinkDialog path="/recommendation-measures" link={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  )
}

function Tasks({ indicator, measure }: Of) {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const list = useOwnList('nhiem-vu')
  const [isLinking, setLinking] = useState(false)
  const [ending, setEnding] = useState<Ending>()
  const { data, error, refetch, isPlaceholderData } = useQuery(tasksOfQuery(indicator.id, list.asked))
  const mayLink = may('plans.link-measures')
  if (data?.total === 0 && list.search === '' && !mayLink) return null
  const nameOf = ({ path, text }: MeasuredTask) => shorten(withPath(path, text), 200)
  const columns: Column<MeasuredTask>[] = [
    {
      id: 'task',
      title: t('linked.task'),
      width: '24rem',
      cell: (row) => (
        <span className={styles.named}>
          <Link to={nodeTo(row.planId, row.nodeId)}>{nameOf(row)}</Link>
          <span className={styles.quiet}>{row.planNumber ?? shorten(row.planTitle, 90)}</span>
        </span>
      ),
    },
    ...ofMeasure<MeasuredTask>(indicator, t('linked.measure')),
    {
      id: 'leads',
      title: t('linked.leads'),
      width: '12rem',
      cell: ({ leads }) => format.list(leads.slice(0, 3).map(({ name }) => name)),
    },
    {
      id: 'work',
      title: t('linked.work'),
      width: '14rem',
      cell: (row) => <WorkNumbers numbers={row.numbers} of={{ plan: row.planId, node: row.nodeId }} size="row" />,
    },
    ...endColumn<MeasuredTask>(mayLink, t('linked.acts'), (row) => (
      <EndButton name={nameOf(row)} link={row} onEnd={setEnding} />
    )),
  ]
  return (
    <Section
      title={t('linked.tasks')}
      acts={mayLink && <LinkButton words={t('linked.link-tasks')} onClick={() => setLinking(true)} />}
    >
      <Search list={list} label={t('linked.search-tasks')} total={data?.total} />
      <DataTable
        id="indicator-tasks"
        caption={t('linked.tasks')}
        columns={columns}
        rows={data?.items}
        error={error}
        onRetry={() => void refetch()}
        isRefreshing={isPlaceholderData}
        rowId={({ linkId }) => linkId}
        rowName={nameOf}
        rowTo={(row) => nodeTo(row.planId, row.nodeId)}
        list={list.url}
        {...(data ? { total: data.total } : {})}
        empty={<Empty title={t(list.search === '' ? 'linked.no-tasks' : 'linked.none-found')} />}
      />
      {isLinking && (
        <LinkDialog
          title={t('linked.link-tasks')}
          pick={{
            label: t('linked.pick-tasks'),
            help: t('linked.pick-tasks-help'),
            what: 'tasks-of-plans',
            find: findTasks,
          }}
          path="/task-measures"
          linkOf={({ id }) => ({ measureId: measure.id, nodeId: id })}
          onClose={() => setLinking(false)}
        />
      )}
      {ending && <UnlinkDialog path="/task-measures" link={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  )
}

/** Which measure, where the indicator has several. */
function ofMeasure<Row extends { measureName: string }>(indicator: IndicatorRow, title: string): Column<Row>[] {
  return indicator.measures.length === 1
    ? []
    : [{ id: 'measure', title, width: '12rem', cell: ({ measureName }) => measureName }]
}

function endColumn<Row>(mayLink: boolean, title: string, cell: (row: Row) => ReactNode): Column<Row>[] {
  return mayLink ? [{ id: 'acts', title, width: '5rem', cell }] : []
}

function EndButton(of: {
  name: string
  link: { linkId: string; version: number; mayEnd: boolean }
  onEnd: (ending: Ending) => void
}) {
  const t = useText()
  const { name, link, onEnd } = of
  if (!link.mayEnd) return null
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={`${styles.flush} screen-only`}
      aria-label={t('linked.end-of', { name })}
      onClick={() => onEnd({ id: link.linkId, version: link.version, name })}
    >
      {t('linked.end')}
    </Button>
  )
}

function LinkButton({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <Button variant="default" size="compact-sm" className="screen-only" onClick={onClick}>
      {words}
    </Button>
  )
}

/** As many rows as are read without looking for one. */
const few = 10

function Search({ list, label, total }: { list: OwnList; label: string; total: number | undefined }) {
  const [typed, setTyped] = useState(list.search)
  const search = useDebouncedCallback(list.setSearch, 300)
  if (list.search === '' && typed === '' && (total ?? 0) <= few) return null
  return (
    <TextInput
      type="search"
      label={label}
      className={`${styles.search} screen-only`}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        search(event.currentTarget.value.trim())
      }}
    />
  )
}
