import { Button, CloseButton, Popover, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilterPlus, IconSearch } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { choicesOf, type Filter, type FilterValues } from './filter-url.ts'
import { FilterEditor } from './FilterEditor.tsx'
import { useFormat, useText } from './text.tsx'
import type { ListUrl } from './useListUrl.ts'
import styles from './FilterBar.module.css'

export interface FilterBarProps {
  list: ListUrl
  /** At the right end: export, column chooser, a view switch. */
  children?: ReactNode
}

/** The conditions of a list as chips that can be taken off; in print as a sentence. */
export function FilterBar({ list, children }: FilterBarProps) {
  const t = useText()
  const { filters, values, setValues } = list
  const [editing, setEditing] = useState<string | undefined>()
  const text = filters.find((filter) => filter.kind === 'text')
  const others = filters.filter((filter) => filter !== text)
  const words = useFilterWords(filters, values)
  const inWords = useFiltersInWords(list)
  const set = (name: string, next: readonly string[]) => setValues({ ...values, [name]: next })
  const isOpen = editing !== undefined
  return (
    <section className={styles.bar} aria-label={t('kit.filters')}>
      {text && (
        <TextFilter
          key={text.name}
          filter={text}
          value={values[text.name]?.[0] ?? ''}
          onChange={(value) => set(text.name, value ? [value] : [])}
        />
      )}
      <ul className={styles.chips}>
        {others
          .filter(({ name }) => values[name])
          .map(({ name, label }) => {
            const chip = t('kit.filter-chip', { label, value: words[name] ?? '' })
            return (
              <li key={name} className={styles.chip}>
                <button type="button" className={styles.words} title={chip} onClick={() => setEditing(name)}>
                  {chip}
                </button>
                <CloseButton
                  className="screen-only"
                  aria-label={t('kit.filter-remove', { filter: chip })}
                  onClick={() => set(name, [])}
                />
              </li>
            )
          })}
      </ul>
      {others.length > 0 && (
        <Popover
          opened={isOpen}
          onChange={(opened) => !opened && setEditing(undefined)}
          trapFocus
          position="bottom-start"
          width={320}
        >
          <Popover.Target>
            <Button
              variant="default"
              className="screen-only"
              leftSection={<IconFilterPlus size={18} stroke={1.6} aria-hidden />}
              onClick={() => setEditing(isOpen ? undefined : others[0]?.name)}
            >
              {t('kit.filter-add')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            {isOpen && (
              <FilterEditor
                filters={others}
                name={editing}
                values={values}
                onName={setEditing}
                onApply={(name, next) => {
                  set(name, next)
                  setEditing(undefined)
                }}
              />
            )}
          </Popover.Dropdown>
        </Popover>
      )}
      {list.isFiltered && (
        <Button variant="subtle" className="screen-only" onClick={() => setValues({})}>
          {t('kit.filter-clear')}
        </Button>
      )}
      {children && <div className={`${styles.end} screen-only`}>{children}</div>}
      <p className="print-only">{inWords}</p>
    </section>
  )
}

/** All conditions in one sentence, or that there are none. */
export function useFiltersInWords({ filters, values }: Pick<ListUrl, 'filters' | 'values'>): string {
  const t = useText()
  const words = useFilterWords(filters, values)
  const said = filters
    .filter(({ name }) => values[name])
    .map(({ name, label }) => t('kit.filter-chip', { label, value: words[name] ?? '' }))
  return said.length === 0 ? t('kit.filters-none') : t('kit.filters-in-words', { filters: said.join('; ') })
}

/** What is filtered by, in words, per filter name. */
function useFilterWords(filters: readonly Filter[], values: FilterValues): Record<string, string> {
  const format = useFormat()
  const picked = filters.flatMap((filter) =>
    filter.kind === 'picked'
      ? (values[filter.name] ?? []).map((id) => ({ name: filter.name, id, nameOf: filter.nameOf }))
      : [],
  )
  const names = useQueries({
    queries: picked.map(({ name, id, nameOf }) => ({
      queryKey: ['filter-name', name, id],
      queryFn: () => nameOf(id),
      staleTime: 600_000,
    })),
  })
  const entries = filters.flatMap((filter) => {
    const own = values[filter.name]
    return own ? [[filter.name, format.list(own.map((value) => word(filter, value)))] as const] : []
  })
  return Object.fromEntries(entries)
  function word(filter: Filter, value: string): string {
    switch (filter.kind) {
      case 'text':
        return value
      case 'date':
        return format.date(value)
      case 'one':
        return filter.choices.find((choice) => choice.value === value)?.label ?? value
      case 'many':
        return choicesOf(filter).find((choice) => choice.value === value)?.label ?? value
      case 'picked':
        return names[picked.findIndex((one) => one.name === filter.name && one.id === value)]?.data ?? '…'
    }
  }
}

function TextFilter({ filter, value, onChange }: { filter: Filter; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const send = useDebouncedCallback((next: string) => onChange(next.trim()), { delay: 300, flushOnUnmount: false })
  useEffect(() => setTyped((now) => (now.trim() === value ? now : value)), [value])
  return (
    <TextInput
      type="search"
      className={`${styles.text} screen-only`}
      aria-label={filter.label}
      placeholder={filter.label}
      leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        send(event.currentTarget.value)
      }}
    />
  )
}
