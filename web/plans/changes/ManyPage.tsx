import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { PlanDetail, PlanNode } from '#plans/model'
import { foldName } from '#territory/model'
import { usePathId } from '../../kit/address.ts'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import type { Filter } from '../../kit/filter-url.ts'
import { FilterBar } from '../../kit/FilterBar.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { editorTo, names, planDraftTo } from '../addresses.ts'
import styles from '../Lists.module.css'
import { planInShort } from '../PlanPage.tsx'
import { planQuery } from '../queries.ts'
import { shorten, withPath } from '../words.ts'
import { draftSheetTo } from './addresses.ts'
import { BulkDialog } from './BulkDialog.tsx'

/** All groups and tasks of a draft as a list: choose some, or all that match, and change them together. */
export function ManyPage() {
  const id = usePathId('planId')
  const { data: plan, error, refetch } = useQuery(planQuery(id, true))
  if (error && !plan) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return plan ? <Many plan={plan} /> : null
}

function Many({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const format = useFormat()
  const filters = useMemo<Filter[]>(() => [{ kind: 'text', name: names.search, label: t('changes.many-search') }], [t])
  const list = useListUrl({ filters })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [isEditing, setEditing] = useState(false)
  const searched = foldName(list.values[names.search]?.[0] ?? '')
  const found = useMemo(
    () => plan.nodes.filter((node) => searched === '' || foldName(withWords(node)).includes(searched)),
    [plan.nodes, searched],
  )
  const shown = found.slice((list.page - 1) * list.size, list.page * list.size)
  const acts = (
    <>
      <Button onClick={() => setEditing(true)}>{t('changes.many-edit')}</Button>
      {selected.size < found.length && (
        <Button variant="default" onClick={() => setSelected(new Set(found.map((node) => node.id)))}>
          {t('changes.select-all', { number: format.number(found.length) })}
        </Button>
      )}
    </>
  )
  return (
    <>
      <PageHeader
        title={t('changes.many-title')}
        state={t('changes.many-state')}
        crumbs={[
          { label: planInShort(plan), to: planDraftTo(plan.id) },
          { label: t('plans.editor-title'), to: editorTo(plan.id) },
          { label: t('changes.many-title') },
        ]}
        acts={
          <Button component={Link} to={draftSheetTo(plan.id)} variant="default">
            {t('changes.by-sheet')}
          </Button>
        }
      />
      <FilterBar list={list} />
      <DataTable
        id="many"
        caption={t('changes.many-title')}
        columns={useColumns()}
        rows={shown}
        rowId={(node) => node.id}
        rowName={(node) => shorten(withPath(node.path, node.text), 80)}
        list={list}
        total={found.length}
        selection={{ selected, onChange: setSelected, acts }}
        empty={plan.nodes.length === 0 ? <Empty title={t('changes.many-empty')} /> : undefined}
      />
      {isEditing && <BulkDialog plan={plan} selected={selected} onClose={() => setEditing(false)} />}
    </>
  )
}

function withWords(node: PlanNode): string {
  return [node.path, node.text, node.output, ...node.duties.map((duty) => duty.raw)].join(' ')
}

function useColumns(): Column<PlanNode>[] {
  const t = useText()
  const bodies = (node: PlanNode, kind: 'lead' | 'support') =>
    node.duties
      .filter((duty) => duty.kind === kind)
      .map((duty) => duty.raw)
      .join('; ')
  return [
    {
      id: 'item',
      title: t('changes.item'),
      width: '22rem',
      cell: (node) => (
        <span className={styles.named}>
          <span className={node.kind === 'group' ? styles.title : undefined}>
            {shorten(withPath(node.path, node.text), 160)}
          </span>
        </span>
      ),
    },
    { id: 'kind', title: t('plans.node-kind'), width: '7rem', cell: (node) => t(`plans.${node.kind}`) },
    { id: 'lead', title: t('plans.duty-kind', { kind: 'lead' }), width: '13rem', cell: (node) => bodies(node, 'lead') },
    {
      id: 'support',
      title: t('plans.duty-kind', { kind: 'support' }),
      width: '15rem',
      cell: (node) => shorten(bodies(node, 'support'), 120),
    },
    { id: 'time', title: t('plans.time'), width: '10rem', cell: (node) => node.time?.text ?? '' },
    {
      id: 'output',
      title: t('plans.output'),
      width: '12rem',
      cell: (node) => shorten(node.output ?? '', 80),
      isSpare: true,
    },
  ]
}
