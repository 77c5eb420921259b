import { z } from 'zod'
import { Id } from '#platform/model'

/** The path of one record. */
export const byId = z.object({ id: Id })

/** Yes or no in a query. */
export const Flag = z.enum(['true', 'false']).transform((flag) => flag === 'true')
