import { useCallback } from 'react'
import { readinessFaults, type PlanAct } from '#plans/model'
import type { FieldProblem } from '../kit/problem.ts'
import { useText } from '../kit/text.tsx'
import type { PlanDraft } from './draft.ts'
import { shorten, withPath } from './words.ts'

/** Where in the editor a fault is mended: the head, or the row of a node. */
export function faultPlace(pointer: string): { node: number } | { field: string } {
  const at = /^\/nodes\/(\d+)/.exec(pointer)?.[1]
  return at === undefined ? { field: pointer.replace(/^\/header\//, '') } : { node: Number(at) }
}

/** The words for each fault of a draft, naming the task it lies in; what issuing would refuse, said beforehand. */
export function useReadiness(): (draft: PlanDraft, act: PlanAct) => FieldProblem[] {
  const t = useText()
  return useCallback(
    ({ header, nodes }, act) =>
      readinessFaults(header, nodes, act).map(({ pointer, code, params }) => {
        const place = faultPlace(pointer)
        if ('field' in place) {
          return { pointer, code, title: t('plans.missing-field', { field: place.field.replace('/', '_') }) }
        }
        const node = nodes[place.node]
        const name = node ? shorten(withPath(node.path, node.text || t('plans.no-text')), 60) : ''
        const fault =
          code === 'platform.field-missing'
            ? t('plans.missing-part', { part: pointer.replace(/^.*\//, '') })
            : t(code, params)
        return { pointer, code, title: t('plans.fault-of-node', { name, fault }) }
      }),
    [t],
  )
}
