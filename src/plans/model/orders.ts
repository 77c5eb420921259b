import { z } from 'zod'
import { Id } from '#platform/model'
import type { DutyKind } from './draft.ts'

/**
 * Why a body cannot be given lead or support by an issuer, only be requested: it does not stand under the executive, it
 * stands above the issuer, its ground is not the issuer's, or it works beside the issuer on the same ground.
 */
export const OrderFault = z.enum(['not-executive', 'above', 'elsewhere', 'beside']).meta({ id: 'OrderFault' })
export type OrderFault = z.infer<typeof OrderFault>

/** A body a draft names that its issuer may only request. */
export const RequestOnly = z.object({ agencyId: Id, why: OrderFault }).meta({ id: 'RequestOnly' })
export type RequestOnly = z.infer<typeof RequestOnly>

/** Whether a duty of this kind is laid on a body by order. */
export function isOrder(kind: DutyKind): boolean {
  return kind === 'lead' || kind === 'support'
}
