import type { Page } from '../kit/page.ts'
import { regimePages } from './regimes/pages.ts'

/** Periodic reporting: regimes, who owes which report. */
export const pages: readonly Page[] = [...regimePages]
