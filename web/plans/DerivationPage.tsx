import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { DerivationRow, PlanDetail } from '#plans/model'
import { usePathId } from '../kit/address.ts'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { FilterBar } from '../kit/FilterBar.tsx'
import type { Filter } from '../kit/filter-url.ts'
import { PageHeader } from '../kit/PageHeader.tsx'
import { Section } from '../kit/Section.tsx'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useListUrl } from '../kit/useListUrl.ts'
import { editorTo, planDraftTo, planTo } from './addresses.ts'
import { DecisionRow } from './DecisionRow.tsx'
import styles from './Derivation.module.css'
import { useIsOwner } from './own.ts'
import { planCrumbs, planInShort } from './PlanPage.tsx'
import { derivationQuery, planQuery } from './queries.ts'
import { choice, shorten } from './words.ts'

const decisions = ['undecided', 'taken-over', 'adapted', 'not-applicable'] as const
const decisionName = 'quyet-dinh'
const ownName = 'co-trach-nhiem'

/** The tasks of the plans above beside what this plan does with each: own duties first, the undecided in sight. */
export function DerivationPage() {
  const id = usePathId('planId')
  const issued = useQuery(planQuery(id))
  const hasDraft = issued.data?.versions.some((version) => version.state === 'draft') ?? false
  const draft = useQuery({ ...planQuery(id, true), enabled: hasDraft && issued.data?.versionState === 'issued' })
  const rows = useQuery(derivationQuery(id))
  const plan = issued.data?.versionState === 'issued' && hasDraft ? draft.data : issued.data
  const error = issued.error ?? rows.error ?? draft.error
  if (error && (!plan || !rows.data)) return <LoadFailed problem={error} onRetry={() => void rows.refetch()} />
  return plan && rows.data ? <Derivation plan={plan} rows={rows.data} /> : null
}

function Derivation({ plan, rows }: { plan: PlanDetail; rows: readonly DerivationRow[] }) {
  const t = useText()
  const format = useFormat()
  const isOwner = useIsOwner(plan)
  const may = useMay()
  const canDecide = isOwner && plan.may.edit
  const canRecord = isOwner && plan.versionState === 'issued' && plan.state === 'issued' && may('plans.derive')
  const list = useListUrl({ filters: useFilters() })
  const wanted = list.values[decisionName]?.[0]
  const onlyOwn = list.values[ownName] !== undefined
  const decided = rows.filter((row) => row.decision !== 'undecided').length
  const shown = rows.filter((row) => (!wanted || row.decision === wanted) && (!onlyOwn || row.hasOwnDuty))
  const perParent = Map.groupBy(shown, (row) => row.parentPlanId)
  return (
    <>
      <PageHeader
        title={t('plans.derivation-title')}
        state={t('plans.decided-of', {
          decided: format.number(decided),
          total: format.number(rows.length),
          left: rows.length - decided,
        })}
        crumbs={[
          ...planCrumbs(plan, '').slice(0, -1),
          { label: planInShort(plan), to: plan.versionState === 'draft' ? planDraftTo(plan.id) : planTo(plan.id) },
          { label: t('plans.derivation-title') },
        ]}
        acts={
          plan.may.edit && (
            <Button component={Link} to={editorTo(plan.id)}>
              {t('plans.go-on-writing')}
            </Button>
          )
        }
      />
      {rows.length === 0 ? (
        <Empty title={t('plans.no-parent')}>{t('plans.no-parent-words')}</Empty>
      ) : (
        <>
          <progress className={styles.progress} max={rows.length} value={decided} aria-label={t('plans.decisions')} />
          <FilterBar list={list} />
          {shown.length === 0 && <Empty title={t('kit.table-empty-filtered')} />}
          {[...perParent].map(([parentId, own]) => (
            <OfParent
              key={parentId}
              plan={plan}
              parentId={parentId}
              rows={own}
              canDecide={canDecide}
              canRecord={canRecord}
            />
          ))}
        </>
      )}
    </>
  )
}

interface OfParentProps {
  plan: PlanDetail
  parentId: string
  rows: readonly DerivationRow[]
  canDecide: boolean
  canRecord: boolean
}

function OfParent({ plan, parentId, rows, canDecide, canRecord }: OfParentProps) {
  const t = useText()
  const parent = plan.parents.find((one) => one.id === parentId)
  const { data: above } = useQuery({ ...planQuery(parentId), enabled: canDecide })
  const own = rows.filter((row) => row.hasOwnDuty)
  const others = rows.filter((row) => !row.hasOwnDuty)
  const list = (title: string, some: readonly DerivationRow[]) =>
    some.length > 0 && (
      <>
        <h3 className={styles.part}>{title}</h3>
        <ol className={styles.rows}>
          {some.map((row) => (
            <li key={row.parentNodeId}>
              <DecisionRow plan={plan} above={above} row={row} canDecide={canDecide} canRecord={canRecord} />
            </li>
          ))}
        </ol>
      </>
    )
  return (
    <Section
      title={
        <Link to={planTo(parentId)}>
          {parent ? `${parent.issuer} · ${parent.number ?? shorten(parent.title, 70)}` : t('plans.plan')}
        </Link>
      }
    >
      {list(t('plans.own-duty-first', { agency: plan.owner.name }), own)}
      {list(t('plans.other-tasks'), others)}
    </Section>
  )
}

function useFilters(): Filter[] {
  const t = useText()
  return useMemo<Filter[]>(
    () => [
      {
        kind: 'one',
        name: decisionName,
        label: t('plans.decision'),
        choices: decisions.map((decision) => ({
          value: decision,
          label: t('plans.decision-is', { decision: choice(decision) }),
        })),
      },
      {
        kind: 'one',
        name: ownName,
        label: t('plans.own-duty'),
        choices: [{ value: 'co', label: t('plans.has-duty') }],
      },
    ],
    [t],
  )
}
