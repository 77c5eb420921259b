import { may } from '#access'
import { matrixJob } from '#plans'
import type { JobKind } from '#platform'
import { writing } from '../../countries/vn/writing.ts'
import { registry } from '../../src/app-routes.ts'
import type { PlanWorld } from './plan-world.ts'

/** The job that writes matrices, as the product puts it together. */
export function matrixJobOf({ say }: PlanWorld): JobKind {
  return matrixJob({ registry, say, writing, may })
}
