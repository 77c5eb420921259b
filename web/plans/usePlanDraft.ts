import { useCallback, useRef } from 'react'
import type { PlanDetail } from '#plans/model'
import { useDraft, type Draft } from '../kit/useDraft.ts'
import { draftOf, withKnownIds, type PlanDraft } from './draft.ts'
import { read, write } from './requests.ts'
import { useQueryClient } from '@tanstack/react-query'

export interface EditedDraft extends Draft<PlanDraft> {
  /** Saves over the version another person has saved meanwhile. */
  overwrite: () => Promise<void>
  /** Names the draft kept in this tab, to let it go. */
  name: string
}

/** A plan's draft as it is written: saved whole over the version its writer saw, new nodes under the ids they were given. */
export function usePlanDraft(plan: PlanDetail): EditedDraft {
  const queries = useQueryClient()
  const version = useRef(plan.version)
  const ids = useRef(new Map<string, string>())
  const { id: planId } = plan
  const save = useCallback(
    async ({ header, nodes }: PlanDraft) => {
      const body = { version: version.current, header, nodes: withKnownIds(nodes, ids.current) }
      const saved = await write<{ version: number; ids: Record<string, string> }>('PUT', `/plans/${planId}/draft`, body)
      version.current = saved.version
      for (const [key, id] of Object.entries(saved.ids)) ids.current.set(key, id)
      await queries.invalidateQueries({ queryKey: ['plans'], refetchType: 'none' })
    },
    [planId, queries],
  )
  const name = `plans.draft.${plan.versionId}`
  const draft = useDraft<PlanDraft>({ name, start: draftOf(plan), save })
  const overwrite = useCallback(async () => {
    version.current = (await read<PlanDetail>(`/plans/${planId}`, { draft: true })).version
    await draft.saveNow()
  }, [planId, draft])
  return { ...draft, overwrite, name }
}
