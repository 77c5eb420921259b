import { may } from '#access'
import type { JobKind } from '#platform'
import { urgingJob } from '#reporting'
import { reportWords } from '../../countries/vn/reporting/report-words.ts'
import { writing } from '../../countries/vn/writing.ts'
import type { PlanWorld } from './plan-world.ts'

/** The job that makes the files of letters that urge, as the product puts it together. */
export function urgingJobOf({ access, country }: PlanWorld): JobKind {
  return urgingJob({ writing, reportWords, locale: country.language, isInvented: access.demo, may })
}
