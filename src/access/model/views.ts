import { z } from 'zod'
import { Id, Instant, Version } from '#platform/model'

/** Who a view is kept for: its maker, the people of the body it was made in, or everybody in the product. */
export const ViewAudience = z.enum(['private', 'body', 'everybody']).meta({ id: 'ViewAudience' })
export type ViewAudience = z.infer<typeof ViewAudience>

/** A named look at a list: what is asked, never what is answered. */
export const SavedView = z
  .object({
    id: Id,
    list: z.string(),
    name: z.string(),
    audience: ViewAudience,
    /** Values per key of the list's filter. */
    filter: z.record(z.string(), z.array(z.string())),
    /** Columns shown; null = the usual ones. */
    columns: z.array(z.string()).nullable(),
    order: z.string().nullable(),
    /** Table, timeline or board, as the page names them; null = the usual one. */
    presentation: z.string().nullable(),
    isMine: z.boolean(),
    /** Who made it, where that may be known. */
    personName: z.string().nullable(),
    changedAt: Instant,
    version: Version,
  })
  .meta({ id: 'SavedView' })
export type SavedView = z.infer<typeof SavedView>

/** The views of a list that one may use, by name, and which of them opens the page. */
export const ListViews = z.object({ views: z.array(SavedView), defaultId: Id.nullable() }).meta({ id: 'ListViews' })
export type ListViews = z.infer<typeof ListViews>
