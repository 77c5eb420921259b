import type { BodyName } from '../plan-world.ts'
import { maySee, type Kind, type Viewer } from './policy.ts'

/**
 * What must be within sight for a route to find its record: `read` as `maySee` says of its kind; `write` also that it is
 * the acting body's own to write: as owner, or as the office that owes the work; `check` whoever stands over the office;
 * `derive`: the plan above, which is the crown's, read by a body of its own tier or below.
 */
export type Sight =
  { kind: Kind; by: 'read' | 'owner' | 'office' | 'check' | 'derive' } | 'anyone' | 'nobody' | 'own body'

const read = (kind: Kind): Sight => ({ kind, by: 'read' })

/** For each route that names a record: what of it must be seen. */
export function sightOf(key: string): Sight | undefined {
  return sights.find(([pattern]) => pattern.test(key))?.[1]
}

const sights: [RegExp, Sight][] = [
  [/ \/(notices|views|list-files)\//, 'nobody'], // the subject's own
  [/ \/recommendations\//, 'nobody'], // public texts, of which this world has none
  [/ \/answers\/(refusals\/)?\{id\}/, 'nobody'], // so that no task answers any
  [/^GET \/comments\/\{id\}\/versions/, read('bodytalk')],
  [/ \/(indicators|recommendation-measures|task-measures)\/\{id\}/, 'nobody'], // nor of these; `src/indicators`, `src/plans` prove whose they are
  [/ \/(measures|targets)\//, 'nobody'], // of which this world has none; `src/indicators` proves who sees totals
  [/ \/(figures\/(imports|locks|findings|exchange)|indicators\/imports)\//, 'nobody'], // nor of files of figures; `src/indicators` proves whose they are
  [/ \/reporting\/regimes-in-documents\//, read('import')],
  [/ \/reporting\//, 'nobody'], // nor regimes, rounds, reports; `src/reporting` proves whose they are
  [/ \/(joints|milestones)\//, 'nobody'], // no record of these kinds is made in this world yet
  [/^(GET|POST) \/tasks\/\{id\}\/(joinable|joints|milestones)/, { kind: 'update', by: 'office' }],
  [/ \/comments\/\{id\}/, read('talk')],
  [/ \/change-sets\/\{id\}/, read('label')],
  [/^GET \/plans\/\{id\}\/draft\//, read('draft')],
  [/^POST \/agencies\/\{id\}\/letterhead/, 'own body'],
  [/^GET \/(territory|agencies)\//, 'anyone'],
  [/ \/account\//, 'nobody'], // the subject's own, never the asking person's
  [/^GET \/people\/\{id\}\/sessions/, read('session')],
  [/ \/people\/\{id\}/, read('reset')],
  [/ \/posts\/\{id\}/, read('reset')],
  [/ \/factor-resets\/\{id\}/, read('reset')],
  [/ \/people-imports\/\{id\}/, 'nobody'], // the subject's own
  [/ \/jobs\/\{id\}/, read('job')],
  [/ \/reforms\/\{id\}/, read('reform')],
  [/ \/documents\/imports\/\{id\}/, read('import')],
  [/^GET \/plans\/\{id\}\/next-number/, read('draft')],
  [/^POST \/plans\/\{id\}\/(minutes|summary)/, read('plan')],
  [/^POST \/plans\/\{id\}\/derivations/, { kind: 'plan', by: 'derive' }],
  [/^POST \/plans\/\{id\}\/amendment/, { kind: 'plan', by: 'owner' }],
  [/^DELETE \/plans\/\{id\}\/files/, 'nobody'], // the file of this world lies with what was issued, and stays
  [/^(POST|PUT) \/plans\/\{id\}/, { kind: 'draft', by: 'owner' }],
  [/^GET \/plans\/\{id\}/, read('plan')],
  [/^GET \/tasks\/\{id\}/, read('update')],
  [/^PUT \/tasks\/\{id\}\/progress/, { kind: 'update', by: 'office' }],
  [/^GET \/progress\/\{id\}\/evidence/, read('update')],
  [/^POST \/progress\/\{id\}\/(evidence|submission)/, { kind: 'draftupdate', by: 'office' }],
  [/^POST \/progress\/\{id\}\/(return|acceptance)/, { kind: 'update', by: 'check' }],
  [/^POST \/urgings\/\{id\}\/answer/, { kind: 'urging', by: 'office' }],
  [/^GET \/urgings\/\{id\}\/document/, read('urging')],
]

/** Whether someone who came through the door finds the record of an owner. */
export function finds(viewer: Viewer, sight: Sight, of: { owner: BodyName; office: BodyName }): boolean {
  if (sight === 'anyone') return true
  if (sight === 'nobody' || viewer.body === null) return false
  if (sight === 'own body') return viewer.body === of.owner
  if (sight.by === 'derive') return maySee(viewer, { kind: sight.kind, owner: 'crown', office: 'ministry' })
  if (!maySee(viewer, { kind: sight.kind, ...of })) return false
  switch (sight.by) {
    case 'owner':
      return viewer.body === of.owner
    case 'office':
      return viewer.body === of.office
    case 'read':
    case 'check': // what is seen is found; whether it may be checked is a question of four eyes
      return true
  }
}
