import type { Page } from '../kit/page.ts'
import { reportPages } from './reports/pages.ts'

/** Periodic reporting. */
export const pages: readonly Page[] = [...reportPages]
