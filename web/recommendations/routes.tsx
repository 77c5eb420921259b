import type { Page } from '../kit/page.ts'
import { coveragePages } from './coverage/pages.ts'
import { importPages } from './imports/pages.ts'

/** The pages of recommendations. */
export const pages: readonly Page[] = [...coveragePages, ...importPages]
