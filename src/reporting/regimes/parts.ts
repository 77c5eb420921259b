import type { Calendar } from '#indicators/model'
import type { CountryReporting, DaysOff, RegimePreset } from '../model.ts'

/** What regimes need to know of the country. `defaultFunction`: the field of work by which what bodies owe follows them. */
export type RegimeParts = {
  calendars: readonly Calendar[]
  daysOff: DaysOff
  presets: readonly RegimePreset[]
  defaultFunction: string
  readDays: CountryReporting['readDays']
}
