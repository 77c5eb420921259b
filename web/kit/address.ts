import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useSession } from './session.tsx'
import { oneOf, type UrlSearch } from './url.ts'

/** Name of the date all pages are read on, in the address. */
export const asOfName = 'tai-ngay'

/** The search parameters of the present address. */
export function useUrl(): UrlSearch {
  return useSearch({ strict: false }) as UrlSearch
}

/** Changes some parameters and keeps the others; `undefined` removes one. Does not add to the history unless `push`. */
export function useSetUrl(): (change: Record<string, string | string[] | undefined>, push?: boolean) => void {
  const navigate = useNavigate()
  return useCallback(
    (change, push = false) => {
      void navigate({
        to: '.',
        replace: !push,
        resetScroll: false,
        search: (before: Record<string, unknown>) => ({ ...before, ...change }),
      })
    },
    [navigate],
  )
}

/** A parameter of the path: `usePathId('planId')` on `/ke-hoach/$planId`. */
export function usePathId(name: string): string {
  const value = (useParams({ strict: false }) as Record<string, string | undefined>)[name]
  if (value === undefined) throw new Error(`The path of this page has no $${name}`)
  return value
}

export interface AsOf {
  /** The date everything is read on. */
  asOf: string
  isToday: boolean
  setAsOf: (date: string | undefined) => void
}

/** The date the pages are read on: today, or the one in the address. */
export function useAsOf(): AsOf {
  const { today } = useSession()
  const setUrl = useSetUrl()
  const asked = oneOf(useUrl()[asOfName])
  const asOf = asked && /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : today
  return {
    asOf,
    isToday: asOf === today,
    setAsOf: (date) => setUrl({ [asOfName]: date === today ? undefined : date }, true),
  }
}
