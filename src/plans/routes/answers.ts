import { z } from 'zod'
import { listQuery, route, takeQuery, type List, type Route } from '#platform'
import { Id } from '#platform/model'
import { endAnswer, linkAnswers } from '../commands/answers.ts'
import { refuseAnswers, takeRefusalBack } from '../commands/refuse-answers.ts'
import {
  AnsweredRecommendation,
  AnswersOf,
  CoverageOf,
  EndAnswer,
  Implementations,
  LikelyRecommendations,
  LikelyTasks,
  LinkAnswers,
  LinkedAnswers,
  RecommendationCoverage,
  RefuseAnswers,
  RefusedAnswers,
} from '../model.ts'
import { countCoverage, listAnswered, listAnswers, listImplementations } from '../queries/answers.ts'
import { suggestRecommendations } from '../queries/likely-recommendations.ts'
import { suggestTasks } from '../queries/likely-tasks.ts'

const params = z.object({ id: Id })

/** What tasks answer which recommendations; `registry` is the list of these. */
export function answerRoutes(registry: List): Route[] {
  return [
    route({
      method: 'get',
      path: '/recommendations/coverage',
      summary: 'How many recommendations are answered by tasks, and how far those are, by the values of a facet',
      allow: 'plans.read',
      query: listQuery(registry).extend({ by: CoverageOf.default('cluster') }),
      returns: RecommendationCoverage,
      run: (ctx, { query }) =>
        countCoverage(ctx, registry, takeQuery(registry, query).filter, CoverageOf.parse(query.by)),
    }),
    route({
      method: 'get',
      path: '/recommendations/implementations',
      summary: 'How far some recommendations are carried out by tasks',
      allow: 'plans.read',
      query: z.object({ id: z.union([Id, z.array(Id).max(200)]).transform((ids) => [ids].flat()) }),
      returns: Implementations,
      run: (ctx, { query }) => listImplementations(ctx, query.id),
    }),
    route({
      method: 'get',
      path: '/recommendations/{id}/answers',
      summary: 'Tasks that answer a recommendation, and how far it is carried out by them',
      allow: 'plans.read',
      params,
      returns: AnswersOf,
      run: (ctx, input) => listAnswers(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/recommendations/{id}/answers/suggestions',
      summary: 'Tasks that likeness of words suggests for a recommendation, each with why, and those refused',
      allow: 'plans.answer',
      params,
      returns: LikelyTasks,
      run: (ctx, input) => suggestTasks(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/recommendations',
      summary: 'Recommendations that the task of a piece of work answers',
      allow: 'plans.read',
      params,
      returns: z.array(AnsweredRecommendation),
      run: (ctx, input) => listAnswered(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/tasks/{id}/recommendations/suggestions',
      summary: 'Recommendations that the task of a piece of work may answer, each with why, and those refused',
      allow: 'plans.answer',
      params,
      returns: LikelyRecommendations,
      run: (ctx, input) => suggestRecommendations(ctx, input.params.id),
    }),
    route({
      method: 'post',
      path: '/answers',
      summary: 'Lay tasks to the recommendations they answer',
      allow: 'plans.answer',
      body: LinkAnswers,
      returns: LinkedAnswers,
      run: (ctx, { body }) => linkAnswers(ctx, body),
    }),
    route({
      method: 'post',
      path: '/answers/{id}/ending',
      summary: 'Take back that a task answers a recommendation',
      allow: 'plans.answer',
      params,
      body: EndAnswer,
      run: (ctx, { params: { id }, body }) => endAnswer(ctx, id, body),
    }),
    route({
      method: 'post',
      path: '/answers/refusals',
      summary: 'Say that suggested tasks do not answer recommendations',
      allow: 'plans.answer',
      body: RefuseAnswers,
      returns: RefusedAnswers,
      run: (ctx, { body }) => refuseAnswers(ctx, body),
    }),
    route({
      method: 'post',
      path: '/answers/refusals/{id}/ending',
      summary: 'Let a refused task be suggested again',
      allow: 'plans.answer',
      params,
      run: (ctx, input) => takeRefusalBack(ctx, input.params.id),
    }),
  ]
}
