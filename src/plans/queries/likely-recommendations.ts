import { sql } from 'kysely'
import { notFound, type Context } from '#platform'
import {
  featuresOf,
  gather,
  keptMechanisms,
  layOut,
  likeTexts,
  recommendationsLike,
  shortOf,
  startGathering,
  telltalePairs,
} from '#recommendations'
import { answersHeld } from '../lists/answers.ts'
import type { LikelyRecommendations } from '../model.ts'
import { workVisible } from '../store/visible.ts'
import { leastLikeness, tasksLike, type TaskInShort } from './likely-tasks.ts'
import { refusedRecommendations } from './refused-answers.ts'

/** Tasks like it that teach, and recommendations told. */
const most = { teachers: 10, told: 5 }
type Teacher = { task: TaskInShort; recommendationId: string; likeness: number }

/**
 * Recommendations that the task of a piece of work may answer, by the words they share and by what tasks like it answer; only those
 * the acting body may lay it to, that it does not answer already and that nobody refused. The likest first; and those refused.
 * @throws notFound
 */
export async function suggestRecommendations(ctx: Context, occurrenceId: string): Promise<LikelyRecommendations> {
  const task = await taskOf(ctx, occurrenceId)
  const kept = await keptMechanisms(ctx)
  const isOwn = task.ownerId === ctx.actor.agencyId
  const refused = await refusedRecommendations(ctx, task.nodeId)
  if (!isOwn && kept.length === 0) return { suggested: [], refused }
  const teachers = await teachersOf(ctx, task)
  const { rows: held } = await sql<{
    recommendationId: string
  }>`select a.recommendation_id from plans.answer a where a.node_id = ${task.nodeId}::uuid and a.ended_at is null`.execute(
    ctx.db,
  )
  const settled = new Set([...held, ...refused].map((one) => one.recommendationId))
  const like = await recommendationsLike(ctx, task.text, {
    ...(isOwn ? {} : { mechanisms: kept }),
    also: teachers.map((one) => one.recommendationId),
  })
  const byWords = new Map(like.map((one) => [one.id, one]))
  const told = [...new Set([...byWords.keys(), ...teachers.map((one) => one.recommendationId)])]
    .filter((id) => !settled.has(id))
    .map((id) => {
      const own = byWords.get(id)
      const taught = teachers.filter((one) => one.recommendationId === id)
      const likeness = 1 - (1 - (own?.likeness ?? 0)) * (1 - (taught[0]?.likeness ?? 0))
      return { id, likeness, words: own?.words ?? [], taught }
    })
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((one, other) => other.likeness - one.likeness || (one.id < other.id ? -1 : 1))
  const short = new Map(
    (
      await shortOf(
        ctx,
        told.slice(0, 2 * most.told).map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  )
  const suggested = told.flatMap(({ id, likeness, words, taught }) => {
    const one = short.get(id)
    if (one === undefined || one.isSplit || !(isOwn || kept.includes(one.mechanism))) return []
    const { mechanism, symbol, paragraph, part, text, translation } = one
    return {
      ...{ recommendationId: id, mechanism, symbol, paragraph, part, text, translation, likeness, words },
      learnedFrom: taught
        .slice(0, 3)
        .map(({ task: { nodeId, planId, path, text: said } }) => ({ nodeId, planId, path, text: said })),
    }
  })
  return { suggested: suggested.slice(0, most.told), refused }
}

type Task = { nodeId: string; ownerId: string; text: string }

/** The task behind a piece of work one sees, in its newest words. @throws notFound */
export async function taskOf(ctx: Context, occurrenceId: string): Promise<Task> {
  const { rows } = await sql<Task>`select o.node_id, o.owner_id, n.text from plans.occurrence o
    join lateral (select nv.text from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id
      where nv.node_id = o.node_id and v.state = 'issued' order by v.ordinal desc limit 1) n on true
    where o.id = ${occurrenceId}::uuid and o.cancelled_on is null and ${workVisible(ctx, 'o')}`.execute(ctx.db)
  const [task] = rows
  if (task === undefined) throw notFound()
  return task
}

/** Tasks like this one that answer something, the likest first. */
async function teachersOf(ctx: Context, task: Task): Promise<Teacher[]> {
  const pairs = await telltalePairs(ctx, task.text)
  const others = (await tasksLike(ctx, { pairs, nodeIds: [], isOwnOnly: false })).filter(
    ({ nodeId }) => nodeId !== task.nodeId,
  )
  const { rows: answers } = await sql<{
    nodeId: string
    recommendationId: string
  }>`select a.node_id, a.recommendation_id from ${answersHeld(ctx)}
    where a.node_id = any (${others.map(({ nodeId }) => nodeId)}::uuid[])`.execute(ctx.db)
  const answering = Map.groupBy(answers, ({ nodeId }) => nodeId)
  const gathering = startGathering()
  for (const { nodeId, text } of others) gather(gathering, { id: nodeId, terms: [] }, featuresOf(text))
  const byId = new Map(others.map((one) => [one.nodeId, one]))
  const like = likeTexts(layOut(gathering), featuresOf(task.text), {
    most: most.teachers,
    isWanted: ({ id }) => answering.has(id),
  })
  return like.flatMap(({ id, likeness }) => {
    const teacher = byId.get(id)
    if (teacher === undefined) return []
    return (answering.get(id) ?? []).map(({ recommendationId }) => ({ task: teacher, recommendationId, likeness }))
  })
}
