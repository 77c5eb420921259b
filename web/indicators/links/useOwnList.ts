import { useSetUrl, useUrl } from '../../kit/address.ts'
import { oneOf } from '../../kit/url.ts'
import { pageSizes, type ListUrl } from '../../kit/useListUrl.ts'

/** One list among several of a page: its words and page stand in the address by names of its own. */
export interface OwnList {
  url: ListUrl
  search: string
  setSearch: (search: string) => void
  asked: { page: number; size: number; search: string | undefined }
}

const usual = 25

export function useOwnList(name: string): OwnList {
  const url = useUrl()
  const setUrl = useSetUrl()
  const names = { search: `${name}-tim`, page: `${name}-trang`, size: `${name}-so-dong` }
  const search = oneOf(url[names.search]) ?? ''
  const page = Math.max(1, Number.parseInt(oneOf(url[names.page]) ?? '1', 10) || 1)
  const wanted = Number(oneOf(url[names.size]))
  const size = pageSizes.find((each) => each === wanted) ?? usual
  return {
    search,
    setSearch: (typed) => setUrl({ [names.search]: typed === '' ? undefined : typed, [names.page]: undefined }),
    asked: { page, size, search: search === '' ? undefined : search },
    url: {
      filters: [],
      values: {},
      setValues: () => undefined,
      page,
      setPage: (next) => setUrl({ [names.page]: next === 1 ? undefined : String(next) }, true),
      size,
      setSize: (next) => setUrl({ [names.size]: next === usual ? undefined : String(next), [names.page]: undefined }),
      order: undefined,
      setOrder: () => undefined,
      isFiltered: search !== '',
    },
  }
}
