import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { FacetCounts } from '#platform/model'
import type { Choice } from '../fields.tsx'
import { choicesOf, serverFilter, type Filter } from '../filter-url.ts'
import { useFormat, useText } from '../text.tsx'
import type { ListUrl } from '../useListUrl.ts'
import { facetsQuery, type ServerFilter } from './requests.ts'
import styles from './Lists.module.css'

type Facet = Extract<Filter, { kind: 'many' }> & { key: string }

/** The filters that the server counts. */
function facetsOf(filters: readonly Filter[]): Facet[] {
  return filters.flatMap((filter) =>
    filter.kind === 'many' && filter.isFacet === true && filter.key !== undefined ? [filter as Facet] : [],
  )
}

const lacking = '(lacking)'
const having = '(having)'

interface FacetPanelProps {
  list: ListUrl
  path: string
  open: readonly string[]
  always: ServerFilter | undefined
}

/** Groups of choices, each with how many rows it would leave; only those that stand open are counted. */
export function FacetPanel({ list, path, open: first, always }: FacetPanelProps) {
  const t = useText()
  const facets = facetsOf(list.filters)
  const isPair = (facet: Facet) => facet.lack?.value === 'without'
  const pairs = facets.filter(isPair)
  const groups = facets.filter((facet) => !isPair(facet))
  const lacks = facets.filter((facet) => facet.lack !== undefined)
  const isChosen = (facet: Facet) => (list.values[facet.name] ?? []).length > 0
  const [open, setOpen] = useState<readonly string[]>(() => [
    ...groups.filter((facet) => first.includes(facet.key) || isChosen(facet)).map((facet) => facet.key),
    ...(lacks.some((facet) => chosenOf(list, facet).includes(facet.lack?.value ?? '')) ? [lacking] : []),
    ...(pairs.some((facet) => chosenOf(list, facet).includes('with')) ? [having] : []),
  ])
  const isWanted = (facet: Facet) =>
    open.includes(facet.key) ||
    (open.includes(lacking) && facet.lack !== undefined) ||
    (open.includes(having) && isPair(facet))
  const wanted = facets.filter(isWanted).map((facet) => facet.key)
  const { data, isPlaceholderData } = useQuery(
    facetsQuery(path, wanted, { ...always, ...serverFilter(list.filters, list.values) }),
  )
  const toggle = (key: string, is: boolean) =>
    setOpen(is ? [...open.filter((one) => one !== key), key] : open.filter((one) => one !== key))
  return (
    <section className={`${styles.facets} screen-only`} aria-label={t('kit.facets')} aria-busy={isPlaceholderData}>
      {groups.map((facet) => (
        <Group
          key={facet.key}
          label={facet.label}
          isOpen={open.includes(facet.key)}
          onOpen={(is) => toggle(facet.key, is)}
        >
          <Values list={list} facet={facet} counts={data} />
        </Group>
      ))}
      {lacks.length > 0 && (
        <Group label={t('kit.facets-lacking')} isOpen={open.includes(lacking)} onOpen={(is) => toggle(lacking, is)}>
          <Each list={list} counts={data} of={lacks.map((facet) => ({ facet, choice: facet.lack }))} />
        </Group>
      )}
      {pairs.length > 0 && (
        <Group label={t('kit.facets-having')} isOpen={open.includes(having)} onOpen={(is) => toggle(having, is)}>
          <Each list={list} counts={data} of={pairs.map((facet) => ({ facet, choice: facet.choices[0] }))} />
        </Group>
      )}
    </section>
  )
}

function chosenOf(list: ListUrl, facet: Facet): readonly string[] {
  return list.values[facet.name] ?? []
}

interface EachProps {
  list: ListUrl
  counts: FacetCounts | undefined
  of: readonly { facet: Facet; choice: Choice | undefined }[]
}

/** One choice out of each of several facets. */
function Each({ list, counts, of }: EachProps) {
  return (
    <ul className={styles.values}>
      {of.map(({ facet, choice }) => (
        <Value
          key={facet.key}
          list={list}
          facet={facet}
          value={choice?.value ?? ''}
          label={choice?.label ?? ''}
          count={countOf(counts, facet.key, choice?.value ?? '')}
        />
      ))}
    </ul>
  )
}

function countOf(counts: FacetCounts | undefined, key: string, value: string): number | undefined {
  const own = counts?.[key]
  return own === undefined ? undefined : (own.find((one) => one.value === value)?.count ?? 0)
}

interface GroupProps {
  label: string
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  children: ReactNode
}

function Group({ label, isOpen, onOpen, children }: GroupProps) {
  return (
    <details className={styles.group} open={isOpen} onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen && children}
    </details>
  )
}

/** A value as the server says it. */
function told(facet: Facet, value: string): string {
  return facet.as?.[value] ?? value
}

/** The values of a facet that are there or chosen; codes of the data by the names the server says. */
function Values({ list, facet, counts }: { list: ListUrl; facet: Facet; counts: FacetCounts | undefined }) {
  const t = useText()
  const own = counts?.[facet.key] ?? []
  const chosen = list.values[facet.name] ?? []
  const lack = facet.lack?.value
  const known =
    facet.isOpen === true
      ? own.map((one) => ({ value: one.value, label: one.name ?? one.value }))
      : facet.choices.filter(
          ({ value }) => chosen.includes(value) || own.some((one) => one.value === told(facet, value)),
        )
  const shown = known.filter(({ value }) => value !== lack)
  if (counts !== undefined && shown.length === 0) return <p className={styles.quiet}>{t('kit.facets-none')}</p>
  return (
    <ul className={styles.values}>
      {shown.map(({ value, label }) => (
        <Value
          key={value}
          list={list}
          facet={facet}
          value={value}
          label={choicesOf(facet).find((choice) => choice.value === value)?.label ?? label}
          count={countOf(counts, facet.key, told(facet, value))}
        />
      ))}
    </ul>
  )
}

interface ValueProps {
  list: ListUrl
  facet: Facet
  value: string
  label: string
  count: number | undefined
}

function Value({ list, facet, value, label, count }: ValueProps) {
  const format = useFormat()
  const chosen = list.values[facet.name] ?? []
  const isChosen = chosen.includes(value)
  return (
    <li className={styles.value}>
      <Checkbox
        size="sm"
        label={label}
        checked={isChosen}
        onChange={() =>
          list.setValues({
            ...list.values,
            [facet.name]: isChosen ? chosen.filter((one) => one !== value) : [...chosen, value],
          })
        }
      />
      <span className={styles.count}>{count === undefined ? '' : format.number(count)}</span>
    </li>
  )
}
