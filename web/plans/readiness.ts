import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { isOrder, readinessFaults, type DutyInput, type OrderFault, type PlanAct } from '#plans/model'
import type { FieldProblem } from '../kit/problem.ts'
import { useSession } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import type { PlanDraft } from './draft.ts'
import { requestOnlyQuery } from './queries.ts'
import { shorten, withPath } from './words.ts'

/** Where in the editor a fault is mended: the head, or the row of a node. */
export function faultPlace(pointer: string): { node: number } | { field: string } {
  const at = /^\/nodes\/(\d+)/.exec(pointer)?.[1]
  return at === undefined ? { field: pointer.replace(/^\/header\//, '') } : { node: Number(at) }
}

/** The bodies a draft names that its issuer may only request; asked anew when others are named and saved. */
export function useRequestOnly(planId: string, { nodes }: PlanDraft, isSaved = true): ReadonlyMap<string, OrderFault> {
  const named = nodes.flatMap((node) => node.duties.flatMap((duty) => duty.addressedId ?? []))
  const query = requestOnlyQuery(planId, [...new Set(named)].sort().join())
  const { data } = useQuery({ ...query, enabled: isSaved && named.length > 0 })
  return useMemo(() => new Map(data?.map(({ agencyId, why }) => [agencyId, why])), [data])
}

/** The draft with what was laid by order on bodies that may only be requested turned into requests. */
export function asRequests(draft: PlanDraft, requestOnly: ReadonlyMap<string, OrderFault>): PlanDraft {
  const asRequest = (duty: DutyInput): DutyInput =>
    isOrder(duty.kind) && duty.addressedId !== null && requestOnly.has(duty.addressedId)
      ? { ...duty, kind: 'requested' }
      : duty
  return { ...draft, nodes: draft.nodes.map((node) => ({ ...node, duties: node.duties.map(asRequest) })) }
}

type Readiness = (draft: PlanDraft, act: PlanAct, requestOnly: ReadonlyMap<string, OrderFault>) => FieldProblem[]

/** The words for each fault of a draft, naming the task it lies in; what issuing would refuse, said beforehand. */
export function useReadiness(): Readiness {
  const t = useText()
  const { today } = useSession()
  return useCallback(
    ({ header, nodes }, act, requestOnly) =>
      readinessFaults({ header, nodes }, act, { today, requestOnly }).map(({ pointer, code, params }) => {
        const place = faultPlace(pointer)
        if ('field' in place) {
          const isMissing = code === 'platform.field-missing'
          const field = place.field.replace('/', '_')
          return { pointer, code, title: isMissing ? t('plans.missing-field', { field }) : t(code, params) }
        }
        const node = nodes[place.node]
        const name = node ? shorten(withPath(node.path, node.text || t('plans.no-text')), 60) : ''
        const fault =
          code === 'platform.field-missing'
            ? t('plans.missing-part', { part: pointer.replace(/^.*\//, '') })
            : t(code, params)
        return { pointer, code, title: t('plans.fault-of-node', { name, fault }) }
      }),
    [t, today],
  )
}
