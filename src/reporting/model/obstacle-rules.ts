import { z } from 'zod'
import { AgencyLevel } from '#agencies/model'
import { LocalizedText } from '#platform/model'

/**
 * What stands in the way of work, by kind: the lowest level at which it can be resolved, and the field of work whose body resolves it
 * there; without one, whoever stands over the body that raises it.
 */
export const ObstacleTheme = z
  .object({
    key: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
    names: LocalizedText,
    level: AgencyLevel,
    function: z.string().nullable(),
    /** By which keys forms of reports name it, beside its own. */
    formKeys: z.array(z.string()).optional(),
  })
  .meta({ id: 'ObstacleTheme' })
export type ObstacleTheme = z.infer<typeof ObstacleTheme>

/**
 * How a country goes about obstacles. `answerDays`: working days in which the body answers it was routed to; the last theme is that of
 * everything no other theme names.
 */
export type ObstacleRules = { answerDays: number; themes: readonly ObstacleTheme[] }
