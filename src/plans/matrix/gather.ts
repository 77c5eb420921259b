import { sql } from 'kysely'
import { listAgencyNames } from '#agencies'
import type { Catalogue, Context } from '#platform'
import { inFullOf, type FullRecommendation } from '#recommendations'
import { answersHeld, implementations } from '../lists/answers.ts'
import type { AnswerKind, FourNumbers, Implementation, MatrixSetting } from '../model.ts'
import { countBy, noNumbers } from '../queries/numbers.ts'
import { workVisible } from '../store/visible.ts'
import type { MatrixRow } from './content.ts'
import { assessmentWords, doneWords, implementationWords, placeWords, positionWords, termWords } from './cells.ts'

/** What words of a matrix are made with; `nameAbroad`: the name of a body in its language, where one is known. */
export type MatrixPen = { say: Catalogue; nameAbroad: (name: string, language: string) => string | null }

/** A task that answers, in the words of a table. */
export type AnsweringTask = {
  kind: AnswerKind
  path: string
  text: string
  planTitle: string
  planNumber: string | null
  leads: string[]
  numbers: FourNumbers
}

type TaskRow = Omit<AnsweringTask, 'leads' | 'numbers'> & {
  recommendationId: string
  nodeId: string
  leadIds: string[]
  isInvented: boolean
}
type Derived = Omit<Implementation, 'status' | 'asOf'> & { key: string; value: Implementation['status'] }

/** Rows of a matrix for these recommendations, in their order: what persons keep of them, and what was done, as far as the asker sees. */
export async function gatherRows(
  reader: Context,
  ids: readonly string[],
  setting: MatrixSetting,
  pen: MatrixPen,
): Promise<MatrixRow[]> {
  const ctx = { ...reader, language: setting.language }
  const recommendations = await inFullOf(ctx, ids)
  const tasks = await tasksOf(ctx, ids)
  const { rows: derived } =
    await sql<Derived>`select i.* from (${implementations(ctx)}) i where i.key = any (${ids}::uuid[])`.execute(ctx.db)
  const carriedOut = new Map(derived.map((one) => [one.key, one]))
  const names = await listAgencyNames(
    ctx,
    tasks.flatMap(({ leadIds }) => leadIds),
    ctx.today,
  )
  const numbers = await countBy(ctx, 'nodeId', { nodeIds: [...new Set(tasks.map(({ nodeId }) => nodeId))] })
  const named = (id: string) => {
    const name = names.get(id)?.name
    return name === undefined ? [] : [pen.nameAbroad(name, setting.language) ?? name]
  }
  const byRecommendation = Map.groupBy(tasks, ({ recommendationId }) => recommendationId)
  const places = new Map<string, number>()
  return recommendations.map((one) => {
    const answers = byRecommendation.get(one.id) ?? []
    const group = groupOf(one, setting, places)
    const words = { say: pen.say, language: setting.language }
    return {
      group,
      isInvented: answers.some(({ isInvented }) => isInvented),
      cells: {
        place: placeWords(one, setting.groupBy, words),
        text: setting.withTranslations && one.translation !== null ? `${one.text}\n${one.translation}` : one.text,
        position: positionWords(one, words),
        terms: termWords(one, group?.key, words),
        done: doneWords(
          answers.map(({ leadIds, nodeId, ...task }) => ({
            ...task,
            leads: leadIds.flatMap(named),
            numbers: numbers.get(nodeId) ?? noNumbers(ctx.today),
          })),
          words,
        ),
        implementation: implementationWords(carriedOut.get(one.id), answers.length > 0, words),
        assessment: assessmentWords(one.assessments, words),
      },
    }
  })
}

/** Each recommendation stands once: under the first of its clusters or themes, or in its document. */
function groupOf(one: FullRecommendation, { groupBy }: MatrixSetting, places: Map<string, number>): MatrixRow['group'] {
  if (groupBy !== 'document') {
    const term = one.terms.find(({ scheme }) => scheme === groupBy)
    return term === undefined ? null : { key: String(term.number), rank: term.rank, name: term.name }
  }
  const rank = places.get(one.documentId) ?? places.size
  places.set(one.documentId, rank)
  const document = [one.symbol, one.documentName].filter((part) => part !== null).join(', ')
  return { key: one.documentId, rank, name: [one.mechanism, document].filter((part) => part !== '').join(' – ') }
}

/** Tasks that answer, of plans the asker sees; who leads on them by their work, central bodies first. */
async function tasksOf(ctx: Context, ids: readonly string[]): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`
    select a.recommendation_id, a.kind, a.node_id, n.path, n.text, p.title as plan_title, p.number as plan_number, p.is_invented,
      array(select o.agency_id from plans.occurrence o join agencies.agency g on g.id = o.agency_id where o.node_id = a.node_id and o.cancelled_on is null
        and not o.is_requested and ${workVisible(ctx, 'o')} group by o.agency_id, g.level, g.rank order by g.level <> 'central', g.rank, o.agency_id) as lead_ids
    from ${answersHeld(ctx)} join plans.plan p on p.id = a.plan_id
    join lateral (select nv.path, nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = a.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where a.recommendation_id = any (${ids}::uuid[])
    order by array_position(array['implements', 'contributes', 'monitors'], a.kind), p.number nulls last, n.path, a.id`.execute(
    ctx.db,
  )
  return rows
}
