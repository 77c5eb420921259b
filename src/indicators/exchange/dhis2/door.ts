import type { Door, DoorRoute } from '#platform'
import { failed } from './answers.ts'
import { postValues } from './post-values.ts'
import type { TakeParts } from './take.ts'

/** Where programs made for DHIS2 find us: with and without a version, for the partner of that name and for named ones. */
const bases = [
  '/dhis2/api',
  '/dhis2/api/:version(^\\d{2}$)',
  '/dhis2/:system(^[a-z][a-z0-9-]{0,39}$)/api',
  '/dhis2/:system(^[a-z][a-z0-9-]{0,39}$)/api/:version(^\\d{2}$)',
]

/** The door of programs made for DHIS2 (ADR 0028). */
export function dhis2Door(parts: TakeParts): Door {
  const routes: DoorRoute[] = [
    {
      method: 'post',
      path: '/dataValueSets',
      summary: 'Take data values in',
      allow: 'indicators.enter-figures',
      run: (visit) => postValues(visit, parts),
    },
  ]
  return {
    bases,
    routes,
    fault: (visit, problem) =>
      failed(visit, problem.status === 422 ? 409 : problem.status, problem.title === '' ? problem.code : problem.title),
  }
}
