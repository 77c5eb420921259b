import { z } from 'zod'
import { LocalizedText, PlainDate } from '#platform/model'
import type { FormDefinition } from './form.ts'
import type { RegimeDefinition } from './regime.ts'
import type { ObstacleRules } from './obstacle-rules.ts'

/**
 * Days off of a country, as far as they are known: `knownTo` is the last day for which holidays have been written down. `madeUp` are
 * days of a weekend on which work is done in place of a day off.
 */
export const DaysOff = z.object({
  /** Days of the week without work, 0 = Sunday. */
  weekend: z.array(z.int().min(0).max(6)),
  knownFrom: PlainDate,
  knownTo: PlainDate,
  holidays: z.array(z.object({ on: PlainDate, names: LocalizedText })),
  madeUp: z.array(z.object({ on: PlainDate, names: LocalizedText })),
})
export type DaysOff = z.infer<typeof DaysOff>

/** A regime and its form as a country proposes them; rows of figures name measures by their codes. */
export type RegimePreset = { code: string; names: LocalizedText; definition: RegimeDefinition; form: FormDefinition }

/** What is one country's of periodic reporting. */
export type CountryReporting = { daysOff: DaysOff; presets: readonly RegimePreset[]; obstacles: ObstacleRules }
