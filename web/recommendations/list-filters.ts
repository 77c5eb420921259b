import { useMemo } from 'react'
import { AnswerKind, ImplementationStatus, Standing } from '#plans/model'
import { Position, RecommendationKind, TermScheme, Weight } from '#recommendations/model'
import type { Say } from '../kit/catalogue.ts'
import type { Filter } from '../kit/filter-url.ts'
import { useMay } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { findPlans, planName } from '../plans/find.ts'
import { choice } from '../plans/words.ts'
import { names, reaches } from './addresses.ts'
import { documentName, findDocuments, findImports, importName } from './find.ts'
import { termWords, useNames, type Names } from './words.ts'

type Name = keyof typeof names

/** A facet of codes with the word of each; `lack`: some have none. */
function codes(t: Say, name: Name, values: readonly string[], lack = false): Filter {
  return {
    kind: 'many',
    isFacet: true,
    name: names[name],
    key: name,
    label: t(`recommendations.by-${name}`),
    choices: values.map((value) => ({ value, label: t(`recommendations.${name}-is`, { code: choice(value) }) })),
    ...(lack ? { lack: { value: 'none', label: t(`recommendations.without-${name}`) } } : {}),
  }
}

/** A facet of what the data holds; the server names its values. */
function open(t: Say, name: Name, choices: readonly { value: string; label: string }[], lack = true): Filter {
  return {
    kind: 'many',
    isFacet: true,
    isOpen: true,
    name: names[name],
    key: name,
    label: t(`recommendations.by-${name}`),
    choices,
    ...(lack ? { lack: { value: 'none', label: t(`recommendations.without-${name}`) } } : {}),
  }
}

/** Whether there is something or not. */
function having(t: Say, name: Name): Filter {
  return {
    kind: 'many',
    isFacet: true,
    name: names[name],
    key: name,
    label: t(`recommendations.by-${name}`),
    choices: [{ value: 'with', label: t(`recommendations.with-${name}`) }],
    lack: { value: 'without', label: t(`recommendations.without-${name}`) },
  }
}

const ofScheme = ({ lists }: Names, scheme: TermScheme) =>
  lists?.terms
    .filter((term) => term.scheme === scheme)
    .map((term) => ({ value: String(term.number), label: termWords(term) })) ?? []

/** A single task comes from a link, never from this list. */
const noFind = () => Promise.resolve([])

/** How much of the UN's is shown; the page has a switch of its own for it. */
function reach(t: Say): Filter {
  return {
    kind: 'one',
    name: names.reach,
    key: 'reach',
    as: { [reaches.own]: 'own', [reaches.all]: 'all' },
    label: t('recommendations.reach'),
    choices: [
      { value: reaches.own, label: t('recommendations.reach-own') },
      { value: reaches.all, label: t('recommendations.reach-all') },
    ],
  }
}

/** What recommendations are filtered by. */
export function useRecommendationFilters(): Filter[] {
  const t = useText()
  const own = useNames()
  const may = useMay()
  const bringsIn = may('recommendations.import') && own.lists?.mechanisms.some(({ keeps }) => keeps) === true
  return useMemo<Filter[]>(
    () => [
      { kind: 'text', name: names.search, key: 'search', label: t('recommendations.search') },
      reach(t),
      codes(t, 'implementation', ImplementationStatus.options, true),
      open(t, 'mechanism', own.lists?.mechanisms.map(({ code, name }) => ({ value: code, label: name })) ?? [], false),
      open(t, 'cluster', ofScheme(own, 'cluster')),
      open(t, 'theme', ofScheme(own, 'theme')),
      open(t, 'group', ofScheme(own, 'group')),
      open(t, 'sdg', ofScheme(own, 'sdg')),
      open(t, 'article', ofScheme(own, 'article')),
      ...(ofScheme(own, 'own').length === 0 ? [] : [open(t, 'own', ofScheme(own, 'own'))]),
      codes(t, 'position', Position.options, true),
      codes(t, 'weight', Weight.options, true),
      open(t, 'cycle', []),
      open(t, 'lead', []),
      codes(t, 'taskStanding', Standing.options, true),
      codes(t, 'answer', AnswerKind.options, true),
      codes(t, 'kind', RecommendationKind.options),
      having(t, 'urgent'),
      having(t, 'task'),
      having(t, 'assessment'),
      having(t, 'translation'),
      having(t, 'plain'),
      having(t, 'likeness'),
      having(t, 'outdated'),
      {
        kind: 'many',
        name: names.unconfirmed,
        key: 'unconfirmed',
        label: t('recommendations.by-unconfirmed'),
        choices: TermScheme.options
          .filter((scheme) => scheme !== 'own')
          .map((scheme) => ({ value: scheme, label: t(`recommendations.by-${scheme}`) })),
      },
      {
        kind: 'picked',
        name: names.document,
        key: 'documentId',
        label: t('recommendations.document'),
        find: findDocuments,
        nameOf: documentName,
      },
      ...(bringsIn
        ? [
            {
              ...{ kind: 'picked' as const, name: names.import, key: 'importId' },
              ...{ label: t('recommendations.import'), find: findImports, nameOf: importName },
            },
          ]
        : []),
      { kind: 'picked', name: names.plan, key: 'planId', label: t('plans.plan'), find: findPlans, nameOf: planName },
      {
        kind: 'picked',
        name: names.node,
        key: 'nodeId',
        label: t('plans.task'),
        find: noFind,
        nameOf: () => Promise.resolve(t('plans.one-task')),
      },
      { kind: 'text', name: names.state, key: 'state', label: t('recommendations.state') },
    ],
    [t, own, bringsIn],
  )
}
