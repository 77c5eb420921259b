import { useEffect, useRef, useState } from 'react'
import { changeLimits, type Occurrence } from '#plans/model'
import type { Page } from '#platform/model'
import { useProblemWords } from '../../kit/problem-words.ts'
import { useToast } from '../../kit/Toast.tsx'
import { read, type Query } from '../requests.ts'

const size = 200

/** Work chosen over pages and filters of a list, and all that its filters keep: what was seen once can be named again. */
export function useChosenWork(query: Query, shown: readonly Occurrence[] | undefined) {
  const toast = useToast()
  const words = useProblemWords()
  const seen = useRef(new Map<string, Occurrence>())
  const [isPending, setPending] = useState(false)
  useEffect(() => {
    for (const work of shown ?? []) seen.current.set(work.id, work)
  }, [shown])
  async function all(): Promise<ReadonlySet<string>> {
    setPending(true)
    const found = new Set<string>()
    try {
      for (let page = 1; found.size < changeLimits.records; page++) {
        const { items, total } = await read<Page<Occurrence>>('/tasks', { ...query, page, size })
        for (const work of items) {
          seen.current.set(work.id, work)
          found.add(work.id)
        }
        if (items.length === 0 || page * size >= total) break
      }
    } catch (problem) {
      toast({ kind: 'problem', text: words(problem) })
    } finally {
      setPending(false)
    }
    return found
  }
  const rows = (ids: ReadonlySet<string>) => [...ids].flatMap((id) => seen.current.get(id) ?? [])
  return { isPending, all, rows }
}
