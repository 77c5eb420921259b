import { allOf, type UrlSearch } from './url.ts'
import type { Choice } from './fields.tsx'
import type { Find } from './Picker.tsx'

interface Named {
  /** Its name in the address: Vietnamese without diacritics, `co-quan`. */
  name: string
  label: string
  /** What the server calls it; a condition without is the page's own. */
  key?: string
  /** Where a value in the address is another word than the server's: `co` → `true`. */
  as?: Readonly<Record<string, string>>
}

/** One condition a list can be filtered by, as the page declares it. */
export type Filter =
  /** Free text; the first one stands open as a search box. */
  | (Named & { kind: 'text' })
  /** One of a few. */
  | (Named & { kind: 'one'; choices: readonly Choice[] })
  /** Any of a few. A facet is counted by the server; `lack` names the value that says there is none of it. */
  | (Named & {
      kind: 'many'
      choices: readonly Choice[]
      isFacet?: true
      lack?: { value: string; label: string }
      /** Its values are codes of the data, and named where they are counted. */
      isOpen?: true
      /** Values of the address that are no choice: the page's own. */
      alsoTakes?: readonly string[]
    })
  | (Named & { kind: 'date' })
  /** Any of very many, found by typing; `nameOf` says the name of an id that stands in the address. */
  | (Named & { kind: 'picked'; find: Find; nameOf: (id: string) => Promise<string> })

/** What is filtered by: values per filter name; a filter without values is absent. */
export type FilterValues = Readonly<Record<string, readonly string[]>>

function accepted(filter: Filter, value: string): boolean {
  switch (filter.kind) {
    case 'one':
      return filter.choices.some((choice) => choice.value === value)
    case 'many':
      return (
        filter.isOpen === true ||
        filter.alsoTakes?.includes(value) === true ||
        choicesOf(filter).some((choice) => choice.value === value)
      )
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(value)
    case 'text':
    case 'picked':
      return value.trim() !== ''
  }
}

/** Everything one may choose in a filter of several, what it lacks last. */
export function choicesOf(filter: Extract<Filter, { kind: 'many' }>): readonly Choice[] {
  return filter.lack === undefined ? filter.choices : [...filter.choices, filter.lack]
}

/** What the server is asked: values by its own keys. */
export function serverFilter(filters: readonly Filter[], values: FilterValues): Record<string, string[]> {
  return Object.fromEntries(
    filters.flatMap(({ name, key, as }) => {
      const own = values[name]
      return key === undefined || own === undefined ? [] : [[key, own.map((value) => as?.[value] ?? value)]]
    }),
  )
}

/** The way back: what a filter of the server is in this list's address. Keys the page does not know are passed over. */
export function valuesOf(filters: readonly Filter[], asked: Readonly<Record<string, readonly string[]>>): FilterValues {
  return Object.fromEntries(
    filters.flatMap(({ name, key, as }) => {
      const own = key === undefined ? undefined : asked[key]
      const back = (value: string) => Object.entries(as ?? {}).find(([, word]) => word === value)?.[0] ?? value
      return own === undefined ? [] : [[name, own.map(back)]]
    }),
  )
}

/** The filters an address holds. Names the page does not declare and values it does not know are passed over. */
export function readFilters(filters: readonly Filter[], search: UrlSearch): FilterValues {
  const entries = filters.flatMap((filter) => {
    const values = allOf(search[filter.name]).filter((value) => accepted(filter, value))
    const kept = filter.kind === 'many' || filter.kind === 'picked' ? [...new Set(values)] : values.slice(0, 1)
    return kept.length > 0 ? [[filter.name, kept] as const] : []
  })
  return Object.fromEntries(entries)
}

/** The change of address that makes these the filters, and goes back to the first page. */
export function writeFilters(filters: readonly Filter[], values: FilterValues): Record<string, string[] | undefined> {
  const entries = filters.map(
    ({ name }) => [name, values[name]?.length ? [...(values[name] ?? [])] : undefined] as const,
  )
  return { ...Object.fromEntries(entries), [pageName]: undefined }
}

/** Names of paging and order in the address. */
export const pageName = 'trang'
export const sizeName = 'dong'
export const orderName = 'xep'

/** Order of a list: a column, and which end first. */
export interface Order {
  by: string
  isDescending: boolean
}

/** `-han` → by `han`, latest first. */
export function readOrder(text: string | undefined, columns: readonly string[]): Order | undefined {
  if (text === undefined) return undefined
  const isDescending = text.startsWith('-')
  const by = isDescending ? text.slice(1) : text
  return columns.includes(by) ? { by, isDescending } : undefined
}

export function writeOrder(order: Order): string {
  return `${order.isDescending ? '-' : ''}${order.by}`
}

/** Which page, counted from 1; anything else is the first. */
export function readPage(text: string | undefined): number {
  const page = Number(text)
  return Number.isInteger(page) && page >= 1 ? page : 1
}
