import type { Page } from '../kit/page.ts'
import { boardPages } from './boards/pages.ts'
import { consolidationPages } from './consolidation/pages.ts'
import { obstaclePages } from './obstacles/pages.ts'
import { regimePages } from './regimes/pages.ts'
import { reportPages } from './reports/pages.ts'
import { treatyPages } from './treaty/pages.ts'

/** Periodic reporting: who owes which report, writing and reviewing it. */
export const pages: readonly Page[] = [
  ...reportPages,
  ...regimePages,
  ...consolidationPages,
  ...obstaclePages,
  ...boardPages,
  ...treatyPages,
]
