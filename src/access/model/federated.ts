import { z } from 'zod'
import { Id, Instant } from '#platform/model'

/** The provider people may sign in with, by the name it is known under; null = none is set. */
export const FederatedProvider = z.object({ name: z.string().nullable() }).meta({ id: 'FederatedProvider' })
export type FederatedProvider = z.infer<typeof FederatedProvider>

/** Goes out to the provider; with the code of a slip to take it up. */
export const BeginFederated = z
  .strictObject({ code: z.string().max(100).nullable().default(null) })
  .meta({ id: 'BeginFederated' })
export type BeginFederated = z.infer<typeof BeginFederated>

/** Where the browser goes next. */
export const FederatedAddress = z.object({ address: z.string() }).meta({ id: 'FederatedAddress' })
export type FederatedAddress = z.infer<typeof FederatedAddress>

/** What the provider sent the browser back with. */
export const EndFederated = z
  .strictObject({ code: z.string().max(4000), state: z.string().max(500), iss: z.string().max(500).optional() })
  .meta({ id: 'EndFederated' })
export type EndFederated = z.infer<typeof EndFederated>

/** A link between the own account and the provider. */
export const Identity = z.object({ id: Id, issuer: z.string(), linkedAt: Instant }).meta({ id: 'Identity' })
export type Identity = z.infer<typeof Identity>
