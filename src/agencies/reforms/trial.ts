import type { Page } from '#platform/model'
import { fingerprintOf, type Catalogue, type Context } from '#platform'
import type { Finding } from '#territory/model'
import type { TouchedRecord } from '../model.ts'
import { getLoaded } from '../store.ts'
import { appliedReforms, type ReformRow, type WithinReach } from './store.ts'
import { stateWith, tryReform, type CountrySource, type Reform, type ReformedState } from './state.ts'
import { compareStates, functionName, type Moving, type Touched } from './touched.ts'

/** Records of a later module that hang on bodies: what it lists for the preview of a reform. */
export type TouchedSource = {
  kind: string
  list: (
    ctx: Context,
    moving: readonly Moving[],
    page: { page: number; size: number },
  ) => Promise<Page<Omit<TouchedRecord, 'agency' | 'heirs'> & { agencyId: string; functionCode: string | null }>>
}

/** What reforms need of the country and of later modules; handed in by `app.ts`. */
export type ReformParts = {
  source: CountrySource
  withinReach: WithinReach
  filterWithinReach: (ctx: Context, agencyIds: readonly string[]) => Promise<Set<string>>
  requireTwoPersons: (actorId: string, preparedBy: readonly (string | null)[]) => void
  may: (ctx: Context, permission: string) => boolean
  touched: readonly TouchedSource[]
  say: Catalogue
}

/** What a draft would do to the country, for one reader. */
export type Trial = { findings: Finding[]; touched: Touched | null }

type Kept<T> = { mark: string; value: WeakRef<T & object> | undefined }
/** The country before any draft, and the last trials: big, so only as long as memory is not wanted for something else. */
const keptState: Kept<ReformedState> = { mark: '', value: undefined }
const keptTrial: { mark: string; trial: Trial | undefined } = { mark: '', trial: undefined }

/** The country as it is recorded now. */
export async function stateNow(ctx: Context, source: CountrySource): Promise<ReformedState> {
  const { fingerprint } = await getLoaded(ctx.db)
  const known = keptState.mark === fingerprint ? keptState.value?.deref() : undefined
  if (known !== undefined) return known
  const state = await stateWith(source, await appliedReforms(ctx))
  keptState.mark = fingerprint
  keptState.value = new WeakRef(state)
  return state
}

export function asReform(row: Pick<ReformRow, 'onDate' | 'legalBasis' | 'unitChanges' | 'bodyChanges'>): Reform {
  return { date: row.onDate, legalBasis: row.legalBasis, unitChanges: row.unitChanges, bodyChanges: row.bodyChanges }
}

/**
 * Tries a draft: what stands against it and what it would touch. Bodies out of the actor's reach stand against it: nobody
 * changes what he does not see.
 */
export async function tryDraft(ctx: Context, parts: ReformParts, row: ReformRow): Promise<Trial> {
  const { fingerprint } = await getLoaded(ctx.db)
  const mark = fingerprintOf([fingerprint, row.id, row.version, ctx.language, ctx.actor.viewers, ctx.actor.everywhere])
  if (keptTrial.mark === mark && keptTrial.trial !== undefined) return keptTrial.trial
  const before = await stateNow(ctx, parts.source)
  const draft = asReform(row)
  const { findings, after } = await tryReform(parts.source, before, draft)
  const touched = after === null ? null : compareStates({ before, after, date: draft.date, language: ctx.language })
  const out = touched === null ? [] : await outOfReach(ctx, parts, touched)
  const trial = { findings: [...findings, ...out].map((finding) => inWords(finding, before, ctx.language)), touched }
  keptTrial.mark = mark
  keptTrial.trial = trial
  return trial
}

async function outOfReach(ctx: Context, parts: ReformParts, touched: Touched): Promise<Finding[]> {
  const reached = await parts.filterWithinReach(ctx, touched.mustReach)
  const missing = touched.mustReach.filter((id) => !reached.has(id))
  return missing.length === 0
    ? []
    : [
        {
          code: 'agencies.reform-out-of-reach',
          severity: 'error',
          change: null,
          params: { count: String(missing.length) },
        },
      ]
}

/** Fields of work by their names, for the sentence. */
function inWords(finding: Finding, { bodies }: ReformedState, language: string): Finding {
  const code = finding.params['function']
  return code === undefined
    ? finding
    : { ...finding, params: { ...finding.params, function: functionName(bodies, code, language) } }
}
