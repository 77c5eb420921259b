import { sql } from 'kysely'
import type { Context } from '#platform'
import {
  comparableOf,
  featuresOf,
  gather,
  keptMechanisms,
  layOut,
  likeAnyWording,
  shortOf,
  startGathering,
} from '#recommendations'
import { answersHeld } from '../lists/answers.ts'
import type { LikelyTasks } from '../model.ts'
import { planVisible } from '../store/visible.ts'
import { refusedTasks } from './refused-answers.ts'

/** Pairs of words by which tasks are found, tasks looked at, tasks told. */
const most = { pairs: 100, tasks: 300, told: 5 }
/** A task of twenty words beside a paragraph of a hundred shares little. */
export const leastLikeness = 0.1

type Learned = { nodeId: string; recommendationId: string; likeness: number }

/**
 * Tasks that may answer a recommendation, by the words they share and by what answers recommendations like it; only those the
 * acting body may lay to it, that do not answer it already and that nobody refused. The likest first; and those that were refused.
 * @throws notFound
 */
export async function suggestTasks(ctx: Context, recommendationId: string): Promise<LikelyTasks> {
  const { mechanism, pairs, near, ...words } = await comparableOf(ctx, recommendationId)
  const answers = await sql<{
    nodeId: string
    recommendationId: string
  }>`select a.node_id, a.recommendation_id from ${answersHeld(ctx)}
    where a.recommendation_id = any (${[recommendationId, ...near.map(({ id }) => id)]}::uuid[])`.execute(ctx.db)
  const refused = await refusedTasks(ctx, recommendationId, mechanism)
  const held = new Set([
    ...answers.rows.flatMap((one) => (one.recommendationId === recommendationId ? one.nodeId : [])),
    ...refused.map(({ nodeId }) => nodeId),
  ])
  const nearness = new Map(near.map(({ id, likeness }) => [id, likeness]))
  const learned = answers.rows
    .map((one): Learned => ({ ...one, likeness: nearness.get(one.recommendationId) ?? 0 }))
    .filter(({ nodeId }) => !held.has(nodeId))
    .sort((one, other) => other.likeness - one.likeness)
  const keeps = (await keptMechanisms(ctx)).includes(mechanism)
  const tasks = onceEach(
    await tasksLike(ctx, { pairs, nodeIds: [...held, ...learned.map(({ nodeId }) => nodeId)], isOwnOnly: !keeps }),
    held,
  )
  const gathering = startGathering()
  for (const { nodeId, text } of tasks) gather(gathering, { id: nodeId, terms: [] }, featuresOf(text))
  const like = new Map(likeAnyWording(layOut(gathering), words).map((one) => [one.id, one]))
  const from = Map.groupBy(learned, ({ nodeId }) => nodeId)
  const told = tasks
    .map((task) => {
      const teachers = from.get(task.nodeId) ?? []
      const own = like.get(task.nodeId)
      const likeness = 1 - (1 - (own?.likeness ?? 0)) * (1 - (teachers[0]?.likeness ?? 0))
      return { ...task, likeness, words: own?.words ?? [], teachers }
    })
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((one, other) => other.likeness - one.likeness || (one.nodeId < other.nodeId ? -1 : 1))
    .slice(0, most.told)
  const short = await shortOf(
    ctx,
    told.flatMap(({ teachers }) => teachers.map((one) => one.recommendationId)),
  )
  const suggested = told.map(({ teachers, ...task }) => ({
    ...task,
    learnedFrom: short.flatMap(({ id, symbol, paragraph, part }) =>
      teachers.some((one) => one.recommendationId === id) ? [{ recommendationId: id, symbol, paragraph, part }] : [],
    ),
  }))
  return { suggested, refused }
}

/** A task with its plan. */
export type TaskInShort = Omit<LikelyTasks['suggested'][number], 'likeness' | 'words' | 'learnedFrom'>

/** Plans below take tasks over in the same words: the first stands for all, and none is told where one of them answers already. */
function onceEach(tasks: readonly TaskInShort[], held: ReadonlySet<string>): TaskInShort[] {
  const seen = new Set(tasks.filter(({ nodeId }) => held.has(nodeId)).map(({ text }) => text))
  return tasks.filter(({ text }) => !seen.has(text) && seen.add(text))
}

/** Tasks of newest documents of issued plans that have any of the pairs of words, or were named; of own plans, or of all one may see. */
export async function tasksLike(
  ctx: Context,
  { pairs, nodeIds, isOwnOnly }: { pairs: readonly string[]; nodeIds: readonly string[]; isOwnOnly: boolean },
): Promise<TaskInShort[]> {
  const words = pairs
    .filter((pair) => /^[\p{L}\p{N}]+ [\p{L}\p{N}]+$/u.test(pair))
    .slice(0, most.pairs)
    .map(
      (pair) =>
        `(${pair
          .split(' ')
          .map((word) => `${word}:*`)
          .join(' <-> ')})`,
    )
  const { rows } =
    await sql<TaskInShort>`select n.node_id, p.id as plan_id, p.title as plan_title, p.number as plan_number, n.path, n.text
    from (select plans.tasks_saying(${words.join(' | ')}, ${most.tasks}) union select unnest(${nodeIds}::uuid[])) found (node_id)
    join plans.node_version n on n.node_id = found.node_id join plans.plan p on p.id = n.plan_id
    where n.plan_version_id = (select v.id from plans.plan_version v where v.plan_id = p.id and v.state = 'issued' order by v.ordinal desc limit 1)
      and n.kind = 'task' and p.state = 'issued' and ${planVisible(ctx, 'p')} and (not ${isOwnOnly}::boolean or p.agency_id = ${ctx.actor.agencyId})
    order by (p.agency_id = ${ctx.actor.agencyId}) is true desc, array_position(array['central', 'province', 'district', 'commune'], p.level), n.node_id`.execute(
      ctx.db,
    )
  return rows
}
