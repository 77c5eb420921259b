import { useCallback, useMemo } from 'react'
import { useSetUrl, useUrl } from './address.ts'
import {
  orderName,
  pageName,
  readFilters,
  readOrder,
  readPage,
  sizeName,
  writeFilters,
  writeOrder,
  type Filter,
  type FilterValues,
  type Order,
} from './filter-url.ts'
import { oneOf } from './url.ts'

export const pageSizes = [25, 50, 100, 200] as const

/** Paging, order and filters of a list, all kept in the address: a link shows what its sender saw. */
export interface ListUrl {
  filters: readonly Filter[]
  values: FilterValues
  setValues: (values: FilterValues) => void
  page: number
  setPage: (page: number) => void
  size: number
  setSize: (size: number) => void
  order: Order | undefined
  setOrder: (order: Order) => void
  isFiltered: boolean
}

export interface ListUrlOptions {
  filters?: readonly Filter[]
  /** Columns one may order by. */
  orders?: readonly string[]
  /** The order when the address names none. */
  order?: Order
}

const none: readonly never[] = []

export function useListUrl({ filters = none, orders = none, order: usual }: ListUrlOptions): ListUrl {
  const url = useUrl()
  const setUrl = useSetUrl()
  const values = useMemo(() => readFilters(filters, url), [filters, url])
  const asked = Number(oneOf(url[sizeName]))
  return {
    filters,
    values,
    setValues: useCallback((next) => setUrl(writeFilters(filters, next), true), [filters, setUrl]),
    page: readPage(oneOf(url[pageName])),
    setPage: (page) => setUrl({ [pageName]: page === 1 ? undefined : String(page) }, true),
    size: pageSizes.find((size) => size === asked) ?? 50,
    setSize: (size) => setUrl({ [sizeName]: size === 50 ? undefined : String(size), [pageName]: undefined }),
    order: readOrder(oneOf(url[orderName]), orders) ?? usual,
    setOrder: (order) => setUrl({ [orderName]: writeOrder(order), [pageName]: undefined }),
    isFiltered: Object.keys(values).length > 0,
  }
}
