import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import type { PlanDetail } from '#plans/model'
import type { FieldPath } from '../kit/merge.ts'
import { useMergedDraft, type MergedDraft } from '../kit/useMergedDraft.ts'
import { draftOf, withKnownIds, type PlanDraft } from './draft.ts'
import { mended } from './editor-tree.ts'
import { read, write } from './requests.ts'

/** Parts of a task that make sense only together. */
const whole = ['time', 'source']

/**
 * A plan's draft as it is written: saved whole over the version its writer saw, joined field by field with what others saved
 * meanwhile; new nodes under the ids they were given.
 *
 * @param onTaken told what of others' was taken over
 */
export function usePlanDraft(
  plan: PlanDetail,
  onTaken: (paths: readonly FieldPath[]) => void,
): MergedDraft<PlanDraft, number> {
  const queries = useQueryClient()
  const ids = useRef(new Map<string, string>())
  const { id: planId, versionId } = plan
  const save = useCallback(
    async ({ header, nodes }: PlanDraft, version: number) => {
      const body = { version, header, nodes: withKnownIds(nodes, ids.current) }
      const saved = await write<{ version: number; ids: Record<string, string> }>('PUT', `/plans/${planId}/draft`, body)
      for (const [key, id] of Object.entries(saved.ids)) ids.current.set(key, id)
      await queries.invalidateQueries({ queryKey: ['plans'], refetchType: 'none' })
      return saved.version
    },
    [planId, queries],
  )
  const newest = useCallback(async () => {
    const now = await read<PlanDetail>(`/plans/${planId}`, { draft: true })
    // Issued meanwhile, or another document begun: that is not the draft this one was.
    return now.versionId === versionId && now.may.edit ? { value: draftOf(now), version: now.version } : undefined
  }, [planId, versionId])
  const start = useMemo(() => ({ value: draftOf(plan), version: plan.version }), [plan])
  return useMergedDraft<PlanDraft, number>({
    name: `plans.draft.${versionId}`,
    start,
    save,
    newest,
    whole,
    known: ({ header, nodes }) => ({ header, nodes: withKnownIds(nodes, ids.current) }),
    mend: ({ header, nodes }) => ({ header, nodes: mended(nodes) }),
    onTaken,
  })
}
