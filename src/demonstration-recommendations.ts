import { sql } from 'kysely'
import type { Actor, Catalogue, Context, FileStore, Ground } from '#platform'
import { linkRecommendationMeasures, measureId } from '#indicators'
import { linkAnswers, linkTaskMeasures } from '#plans'
import type { AnswerKind } from '#plans/model'
import {
  addAssessment,
  decideLikeness,
  decideTags,
  importRows,
  saveStandpoint,
  saveWording,
  type SheetRow,
} from '#recommendations'
import type { AddAssessment, OwnState, TermScheme } from '#recommendations/model'

/** A recommendation of the demonstration: its row as a table brings it in, and what the State keeps of it. */
export type DemoRecommendation = {
  row: SheetRow & { key: string; mechanism: string }
  translation: string
  plain?: string
  isUrgent?: boolean
  response?: string
  /** Tasks of the national plan, by their keys. */
  answers?: { key: string; kind: AnswerKind }[]
  /** Codes of measures that tell of it. */
  measures?: string[]
  confirms?: [TermScheme, string][]
  assessment?: Omit<AddAssessment, 'assessedOn'> & { daysAgo: number }
}
export type DemoRecommendations = {
  all: DemoRecommendation[]
  same: [string, string][]
  /** Tasks of the national plan by their keys, and the measures by which they are followed. */
  followed: [task: string, measure: string][]
}

type Parts = {
  ground: Ground
  files: FileStore
  own: OwnState
  say: Catalogue
  recommendations: DemoRecommendations
  /** The body that brings the table in. */
  agencyId: string
  /** The tasks of its plan, by their keys. */
  tasks: ReadonlyMap<string, string>
  actor: (agencyId: string) => Actor
  run: <T>(agencyId: string, work: (ctx: Context) => Promise<T>) => Promise<T>
}

type Made = { key: string; id: string; keeperId: string | null }

/** Brings in the recommendations of the demonstration and what is kept of them, by the same commands as persons do. */
export async function loadDemoRecommendations(parts: Parts): Promise<void> {
  const { recommendations, agencyId, tasks } = parts
  const name = 'khuyen-nghi-minh-hoa.csv'
  await importRows(
    { ...parts, actor: parts.actor(agencyId), name },
    recommendations.all.map(({ row }) => row),
  )
  const made = await parts.run(agencyId, listMade)
  const byKey = new Map(made.map((one) => [one.key, one]))
  for (const recommendation of recommendations.all) {
    const one = byKey.get(recommendation.row.key)
    if (one === undefined)
      throw new Error(`the demonstration's recommendation ${recommendation.row.key} did not come in`)
    await parts.run(one.keeperId ?? agencyId, (ctx) => keep(ctx, one.id, recommendation))
    await parts.run(agencyId, (ctx) => answer(ctx, one.id, recommendation, tasks))
  }
  const links = recommendations.followed.flatMap(([key, code]) => {
    const nodeId = tasks.get(key)
    return nodeId === undefined ? [] : [{ nodeId, measureId: measureId(code), origin: 'person' as const, reason: null }]
  })
  if (links.length > 0) await parts.run(agencyId, (ctx) => linkTaskMeasures(ctx, { links }))
  for (const [left, right] of recommendations.same) {
    const [one, other] = [byKey.get(left), byKey.get(right)]
    if (one === undefined || other === undefined) continue
    await parts.run(one.keeperId ?? agencyId, (ctx) =>
      decideLikeness(ctx, one.id, { otherId: other.id, state: 'confirmed', reason: null }),
    )
  }
}

async function keep(ctx: Context, id: string, of: DemoRecommendation): Promise<void> {
  const { language } = ctx
  await saveWording(ctx, id, { kind: 'translation', language, text: of.translation, version: null })
  if (of.plain !== undefined) await saveWording(ctx, id, { kind: 'plain', language, text: of.plain, version: null })
  if (of.response !== undefined || of.isUrgent === true)
    await saveStandpoint(ctx, id, {
      ...{ position: null, response: of.response ?? null, isUrgent: of.isUrgent ?? false, version: null },
    })
  const terms = await listTerms(ctx, of.confirms ?? [])
  if (terms.length > 0)
    await decideTags(ctx, {
      decisions: terms.map((term) => ({
        recommendationId: id,
        term,
        state: 'confirmed',
        origin: 'source',
        reason: null,
      })),
    })
  const links = (of.measures ?? []).map((code) => ({
    ...{ recommendationId: id, measureId: measureId(code), origin: 'person' as const, reason: null },
  }))
  if (links.length > 0) await linkRecommendationMeasures(ctx, { links })
  if (of.assessment !== undefined) {
    const { daysAgo, ...assessment } = of.assessment
    await addAssessment(ctx, id, { ...assessment, assessedOn: daysBefore(ctx.today, daysAgo) })
  }
}

/** Whose plan it is says what its tasks answer. */
async function answer(
  ctx: Context,
  id: string,
  of: DemoRecommendation,
  tasks: ReadonlyMap<string, string>,
): Promise<void> {
  const answers = (of.answers ?? []).flatMap(({ key, kind }) => {
    const nodeId = tasks.get(key)
    return nodeId === undefined ? [] : [{ recommendationId: id, nodeId, kind, origin: 'person' as const, reason: null }]
  })
  if (answers.length > 0) await linkAnswers(ctx, { answers })
}

function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}

async function listMade(ctx: Context): Promise<Made[]> {
  const { rows } = await sql<Made>`select r.external_id as key, r.id, m.keeper_id from recommendations.recommendation r
    join recommendations.mechanism m on m.code = r.mechanism where r.source = 'sheet'`.execute(ctx.db)
  return rows
}

async function listTerms(ctx: Context, wanted: readonly [TermScheme, string][]): Promise<number[]> {
  const { rows } = await sql<{
    number: number
    scheme: TermScheme
    code: string
  }>`select number, scheme, code from recommendations.term`.execute(ctx.db)
  return rows
    .filter((term) => wanted.some(([scheme, code]) => term.scheme === scheme && term.code === code))
    .map(({ number }) => number)
}
