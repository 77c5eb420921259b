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

const Year = z.int().min(-1).max(1)
const YearlyDay = z.object({ month: z.int().min(1).max(12), day: z.int().min(1).max(31) })

/**
 * Days as printed words name them. `year`: of which year, as in `DayOfYear`; null where the words do not say and a person must.
 * `window`: the stretch reported on, its last day included.
 */
export const PrintedDays = z.object({
  days: z.array(YearlyDay.extend({ year: Year.nullable() })),
  window: z.object({ from: YearlyDay, to: YearlyDay, fromYear: Year.nullable() }).nullable(),
})
export type PrintedDays = z.infer<typeof PrintedDays>

/** What is one country's of periodic reporting. `readDays`: the days in a printed due date, and the window in its sentence. */
export type CountryReporting = {
  daysOff: DaysOff
  presets: readonly RegimePreset[]
  obstacles: ObstacleRules
  readDays: (words: { due: string | null; sentence: string }) => PrintedDays
}
