import type { CountryReporting } from '#reporting/model'
import { daysOff } from './days-off.ts'
import { obstacles } from './obstacles.ts'
import { presets } from './presets.ts'
import { readDays } from './read-days.ts'

/** What is Việt Nam's of periodic reporting. */
export const reporting: CountryReporting = { daysOff, presets, obstacles, readDays }
