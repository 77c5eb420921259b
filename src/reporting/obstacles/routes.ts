import { z } from 'zod'
import { facetsRoute, listQuery, route, takeQuery, type Route } from '#platform'
import { Id, pageOf } from '#platform/model'
import { answerObstacle, closeObstacle, obstacleNotResolved, passObstacleOn, raiseObstacle } from './commands.ts'
import { obstacleList } from './list.ts'
import { ObstacleAct, ObstacleBoard, ObstacleDetail, ObstacleRow, PassObstacleOn, RaiseObstacle } from './model.ts'
import type { ObstacleParts } from './parts.ts'
import { getObstacle, listObstacles, readBoard } from './queries.ts'

const ofId = z.object({ id: Id })
const at = '/reporting/obstacles'

/** What stands in the way of work: raised, routed, answered, closed. */
export function obstacleRoutes(parts: ObstacleParts): Route[] {
  return [
    route({
      ...{ method: 'get', path: at, summary: 'Obstacles within reach, those that wait first' },
      allow: obstacleList.allow,
      query: listQuery(obstacleList),
      returns: pageOf(ObstacleRow),
      run: (ctx, { query }) => listObstacles(ctx, takeQuery(obstacleList, query)),
    }),
    facetsRoute(obstacleList, `${at}/facets`, 'Obstacles counted by facet'),
    route({
      ...{ method: 'get', path: `${at}/board`, summary: 'Obstacles within reach by theme and age' },
      allow: 'reporting.read',
      returns: ObstacleBoard,
      run: (ctx) => readBoard(ctx, parts),
    }),
    route({
      ...{ method: 'get', path: `${at}/{id}`, summary: 'One obstacle with what happened to it' },
      allow: 'reporting.read',
      params: ofId,
      returns: ObstacleDetail,
      run: (ctx, { params }) => getObstacle(ctx, params.id),
    }),
    ...actRoutes(parts),
  ]
}

function actRoutes(parts: ObstacleParts): Route[] {
  return [
    route({
      ...{ method: 'post', path: at, summary: 'Raise an obstacle; it goes to the lowest level that can resolve it' },
      allow: 'reporting.raise-obstacle',
      body: RaiseObstacle,
      returns: ofId,
      run: (ctx, { body }) => raiseObstacle(ctx, parts, body),
    }),
    route({
      ...{ method: 'post', path: `${at}/{id}/answer`, summary: 'Answer an obstacle that waits for the acting body' },
      allow: 'reporting.answer-obstacle',
      params: ofId,
      body: ObstacleAct,
      run: (ctx, { params, body }) => answerObstacle(ctx, params.id, body),
    }),
    route({
      ...{ method: 'post', path: `${at}/{id}/passing-on`, summary: 'Pass an obstacle on to who can resolve it' },
      allow: 'reporting.answer-obstacle',
      params: ofId,
      body: PassObstacleOn,
      run: (ctx, { params, body }) => passObstacleOn(ctx, parts, { id: params.id, input: body }),
    }),
    route({
      ...{ method: 'post', path: `${at}/{id}/not-resolved`, summary: 'Say that the answer did not resolve it' },
      allow: 'reporting.raise-obstacle',
      params: ofId,
      body: ObstacleAct,
      run: (ctx, { params, body }) => obstacleNotResolved(ctx, parts, { id: params.id, input: body }),
    }),
    route({
      ...{ method: 'post', path: `${at}/{id}/closing`, summary: "Close an obstacle of one's own" },
      allow: 'reporting.raise-obstacle',
      params: ofId,
      body: ObstacleAct,
      run: (ctx, { params, body }) => closeObstacle(ctx, params.id, body),
    }),
  ]
}
