import { AgencyKind } from '#agencies/model'
import { ProgressState, ProgressStatus, type PlanState, type Standing } from '#plans/model'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Say } from '../kit/catalogue.ts'
import type { Filter } from '../kit/filter-url.ts'
import { useMay } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { findOthers, recommendationName } from '../recommendations/find.ts'
import { useNames, type Names } from '../recommendations/words.ts'
import { names } from './addresses.ts'
import { labelsQuery } from './changes/queries.ts'
import { agencyName, findAgencies, findPlans, planName } from './find.ts'
import { choicesQuery } from './queries.ts'
import { choice } from './words.ts'

export const levels = ['central', 'province', 'district', 'commune'] as const

const standings: readonly Standing[] = [
  'overdue',
  'pending-in-time',
  'done-on-time',
  'done-late',
  'no-due-date',
  'requested-open',
  'requested-done',
]
const planStates: readonly PlanState[] = ['draft', 'issued', 'replaced', 'annulled']

/** A facet of codes with the word of each; `lack` = what is said of rows that have none. */
function facet(name: string, key: string, label: string, choices: readonly [string, string][], lack?: string): Filter {
  return {
    kind: 'many',
    isFacet: true,
    name,
    key,
    label,
    choices: choices.map(([value, word]) => ({ value, label: word })),
    ...(lack === undefined ? {} : { lack: { value: 'none', label: lack } }),
  }
}

/** Whether there is something or not. */
function having(t: Say, name: string, key: string, of: string): Filter {
  return {
    kind: 'many',
    isFacet: true,
    name,
    key,
    label: t(`plans.facet-${of}`),
    choices: [{ value: 'with', label: t(`plans.with-${of}`) }],
    lack: { value: 'without', label: t(`plans.without-${of}`) },
  }
}

const ofLevels = (t: Say) => levels.map((level): [string, string] => [level, t('plans.level-is', { level })])
const ofKinds = (t: Say) =>
  AgencyKind.options.map((kind): [string, string] => [kind, t('plans.agency-kind', { kind: choice(kind) })])
const ofStandings = (t: Say) =>
  standings.map((one): [string, string] => [one, t('plans.standing-is', { standing: choice(one) })])

/** A single task comes from a link, never from this list: its words stand in every row. */
const noFind = () => Promise.resolve([])
const nodeName = (words: string) => () => Promise.resolve(words)

function useProgramme(): Filter {
  const t = useText()
  const { data } = useQuery(choicesQuery)
  return useMemo(
    () => ({
      kind: 'many',
      isFacet: true,
      isOpen: true,
      name: names.programme,
      key: 'programme',
      label: t('plans.by-programme'),
      choices: data?.programmes.map(({ code, name }) => ({ value: code, label: name })) ?? [],
      lack: { value: 'none', label: t('plans.without-programme') },
    }),
    [t, data],
  )
}

const none: readonly string[] = []

/** The labels of one's own body, where there are any. */
function useLabels(): Filter[] {
  const t = useText()
  const may = useMay()
  const { data = none } = useQuery({ ...labelsQuery, enabled: may('plans.change-many') })
  return useMemo(
    () =>
      data.length === 0
        ? []
        : [
            {
              kind: 'many',
              isFacet: true,
              isOpen: true,
              name: names.label,
              key: 'label',
              label: t('changes.label'),
              choices: data.map((label) => ({ value: label, label })),
            },
          ],
    [t, data],
  )
}

/** What pieces of work are filtered by. */
export function useTaskFilters(): Filter[] {
  const t = useText()
  const programme = useProgramme()
  const labels = useLabels()
  const own = useNames()
  return useMemo<Filter[]>(
    () => [
      { kind: 'text', name: names.search, key: 'search', label: t('plans.search-tasks') },
      facet(names.standing, 'standing', t('plans.standing'), ofStandings(t)),
      facet(
        names.progress,
        'progressState',
        t('plans.update'),
        ProgressState.options.map((state) => [state, t('plans.update-is', { state })]),
        t('plans.without-update'),
      ),
      facet(
        names.status,
        'status',
        t('plans.by-status'),
        ProgressStatus.options.map((status) => [status, t('plans.status-is', { status: choice(status) })]),
      ),
      facet(names.level, 'level', t('plans.by-lead-level'), ofLevels(t)),
      facet(names.agencyKind, 'agencyKind', t('plans.by-agency-kind'), ofKinds(t)),
      facet(names.planLevel, 'planLevel', t('plans.by-plan-level'), ofLevels(t)),
      programme,
      ...labels,
      facet(names.aboveLevel, 'aboveLevel', t('plans.by-above-level'), ofLevels(t), t('plans.without-above')),
      facet(names.aboveStanding, 'aboveStanding', t('plans.by-above-standing'), ofStandings(t)),
      having(t, names.dueDate, 'dueDate', 'due-date'),
      having(t, names.evidence, 'evidence', 'evidence'),
      having(t, names.below, 'below', 'below'),
      having(t, names.urging, 'urging', 'urging'),
      having(t, names.lead, 'leadInBeing', 'lead'),
      ...answering(t, own),
      { kind: 'date', name: names.dueFrom, key: 'dueFrom', label: t('plans.due-from') },
      { kind: 'date', name: names.dueBy, key: 'dueBy', label: t('plans.due-by') },
      {
        kind: 'picked',
        name: names.agency,
        key: 'agencyId',
        label: t('plans.agency'),
        find: findAgencies,
        nameOf: agencyName,
      },
      { kind: 'picked', name: names.plan, key: 'planId', label: t('plans.plan'), find: findPlans, nameOf: planName },
      {
        kind: 'picked',
        name: names.node,
        key: 'nodeId',
        label: t('plans.task'),
        find: noFind,
        nameOf: nodeName(t('plans.one-task')),
      },
      {
        kind: 'picked',
        name: names.group,
        key: 'underId',
        label: t('plans.group'),
        find: noFind,
        nameOf: nodeName(t('plans.one-group')),
      },
    ],
    [t, programme, labels, own],
  )
}

/** Which recommendations the task of the work answers. */
function answering(t: Say, own: Names): Filter[] {
  const open = (name: string, key: string, choices: readonly { value: string; label: string }[]): Filter => ({
    kind: 'many',
    isFacet: true,
    isOpen: true,
    ...{ name, key, choices, label: t(`plans.by-answered-${key}`) },
    lack: { value: 'none', label: t(`plans.without-answered-${key}`) },
  })
  const clusters = own.lists?.terms.filter(({ scheme }) => scheme === 'cluster') ?? []
  return [
    having(t, names.answering, 'recommendation', 'recommendation'),
    open(
      names.mechanism,
      'mechanism',
      own.lists?.mechanisms.map(({ code, name }) => ({ value: code, label: name })) ?? [],
    ),
    open(
      names.cluster,
      'cluster',
      clusters.map(({ number, name }) => ({ value: String(number), label: name })),
    ),
    {
      kind: 'picked',
      name: names.recommendation,
      key: 'recommendationId',
      label: t('recommendations.one'),
      find: findOthers('', t),
      nameOf: recommendationName(t),
    },
  ]
}

/** What plans are filtered by. */
export function usePlanFilters(): Filter[] {
  const t = useText()
  const programme = useProgramme()
  return useMemo<Filter[]>(
    () => [
      { kind: 'text', name: names.search, key: 'search', label: t('plans.search-plans') },
      facet(
        names.state,
        'state',
        t('plans.state'),
        planStates.map((state) => [state, t('plans.state-is', { state })]),
      ),
      facet(names.level, 'level', t('plans.level'), ofLevels(t)),
      facet(names.issuerKind, 'issuerKind', t('plans.by-issuer-kind'), ofKinds(t)),
      facet(names.aboveLevel, 'aboveLevel', t('plans.by-plan-above'), ofLevels(t), t('plans.without-plan-above')),
      facet(names.standing, 'standing', t('plans.by-work-standing'), ofStandings(t), t('plans.without-work')),
      programme,
      having(t, names.below, 'below', 'below'),
      having(t, names.progressed, 'progress', 'progress'),
      having(t, names.urging, 'urging', 'urging'),
      having(t, names.number, 'number', 'number'),
      having(t, names.periodTo, 'periodTo', 'period'),
      {
        kind: 'picked',
        name: names.issuer,
        key: 'issuerId',
        label: t('plans.issuer'),
        find: findAgencies,
        nameOf: agencyName,
      },
      {
        kind: 'picked',
        name: names.parent,
        key: 'parentId',
        label: t('plans.under-plan'),
        find: findPlans,
        nameOf: planName,
      },
      {
        kind: 'one',
        name: names.mine,
        key: 'mine',
        as: { co: 'true' },
        label: t('plans.whose'),
        choices: [{ value: 'co', label: t('plans.mine') }],
      },
    ],
    [t, programme],
  )
}
