import type { Door, DoorRoute } from '#platform'
import { tellAnalytics } from './analytics.ts'
import { failed } from './answers.ts'
import { deleteCompletion, getCompletions, postCompletions } from './complete.ts'
import { getValues } from './get-values.ts'
import { listThings, tellThing } from './lists.ts'
import { postValues } from './post-values.ts'
import type { TakeParts } from './save-drafts.ts'
import { listed, type Listed } from './things.ts'
import { tellCaller, tellSystem } from './whoami.ts'

/** Where programs made for DHIS2 find us: with and without a version, for the partner of that name and for named ones. */
const bases = [
  '/dhis2/api',
  '/dhis2/api/:version(^\\d{2}$)',
  '/dhis2/:system(^[a-z][a-z0-9-]{0,39}$)/api',
  '/dhis2/:system(^[a-z][a-z0-9-]{0,39}$)/api/:version(^\\d{2}$)',
]

const enters = 'indicators.enter-figures'
const reads = 'indicators.read-figures'
const readsWords = 'indicators.read-dictionary'

/** The door of programs made for DHIS2 (ADR 0028). */
export function dhis2Door(parts: TakeParts): Door {
  return {
    bases,
    routes: [
      get('/system/info', 'What speaks here', readsWords, (visit) => Promise.resolve(tellSystem(visit))),
      get('/me', 'Who asks', readsWords, tellCaller),
      ...listed.flatMap((kind) => listRoutes(kind)),
      {
        method: 'post',
        path: '/dataValueSets',
        summary: 'Take data values in',
        allow: enters,
        run: (visit) => postValues(visit, parts),
      },
      ...['', '.json', '.xml', '.csv', '.adx'].map((ending) =>
        get(`/dataValueSets${ending}`, 'Hand data values out', reads, (visit) =>
          getValues(
            { ...visit, params: { ...visit.params, ...(ending === '' ? {} : { format: ending.slice(1) }) } },
            parts,
          ),
        ),
      ),
      {
        method: 'post',
        path: '/completeDataSetRegistrations',
        summary: 'Say that forms are complete',
        allow: enters,
        run: postCompletions,
      },
      get('/completeDataSetRegistrations', 'Which forms are said to be complete', enters, getCompletions),
      {
        method: 'delete',
        path: '/completeDataSetRegistrations',
        summary: 'Take back that a form is complete',
        allow: enters,
        run: deleteCompletion,
      },
      ...['', '.json'].map((ending) =>
        get(`/analytics${ending}`, 'Totals by what, when and where', reads, (visit) => tellAnalytics(visit, parts)),
      ),
    ],
    fault: (visit, problem) =>
      failed(visit, problem.status === 422 ? 409 : problem.status, problem.title === '' ? problem.code : problem.title),
  }
}

function get(path: string, summary: string, allow: string, run: DoorRoute['run']): DoorRoute {
  return { method: 'get', path, summary, allow, run }
}

function listRoutes(kind: Listed): DoorRoute[] {
  return [
    get(`/${kind}`, `List ${kind}`, readsWords, (visit) => listThings(visit, kind)),
    get(`/${kind}.json`, `List ${kind}`, readsWords, (visit) => listThings(visit, kind)),
    get(`/${kind}/{id}`, `One of ${kind}`, readsWords, (visit) => tellThing(visit, kind)),
  ]
}
