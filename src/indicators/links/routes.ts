import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, pageOf } from '#platform/model'
import {
  EndMeasureLink,
  LikelyMeasure,
  LinkedMeasure,
  LinkedMeasures,
  LinkRecommendationMeasures,
  MeasuredRecommendation,
  MeasureStanding,
  OfIndicator,
} from '../model.ts'
import { endRecommendationMeasure, linkRecommendationMeasures } from './commands.ts'
import { listMeasuresOf, listRecommendationsOf } from './queries.ts'
import { readStandings } from './standings.ts'
import { suggestMeasures } from './suggest.ts'

const params = z.object({ id: Id })

/** Which measures tell of which recommendations, and how measures stand. */
export function linkRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/figures/standings',
      summary: 'How measures stand in the country or the widest unit one sees: figures by year, targets, what they say',
      allow: 'indicators.read-figures',
      query: z.object({ measureId: z.union([Id, z.array(Id).max(50)]).transform((ids) => [ids].flat()) }),
      returns: z.array(MeasureStanding),
      run: (ctx, { query }) => readStandings(ctx, query.measureId),
    }),
    route({
      method: 'get',
      path: '/recommendations/{id}/measures',
      summary: 'Measures that tell of a recommendation',
      allow: 'indicators.read-dictionary',
      params,
      returns: z.array(LinkedMeasure),
      run: (ctx, input) => listMeasuresOf(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/recommendations/{id}/measures/suggestions',
      summary: 'Measures that may tell of a recommendation, each with why',
      allow: 'indicators.link-measures',
      params,
      returns: z.array(LikelyMeasure),
      run: (ctx, input) => suggestMeasures(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/indicators/{id}/recommendations',
      summary: 'Recommendations of which the measures of an indicator tell',
      allow: 'indicators.read-dictionary',
      params,
      query: OfIndicator,
      returns: pageOf(MeasuredRecommendation),
      run: (ctx, input) => listRecommendationsOf(ctx, input.params.id, input.query),
    }),
    route({
      method: 'post',
      path: '/recommendation-measures',
      summary: 'Lay measures to the recommendations of which they tell',
      allow: 'indicators.link-measures',
      body: LinkRecommendationMeasures,
      returns: LinkedMeasures,
      run: (ctx, { body }) => linkRecommendationMeasures(ctx, body),
    }),
    route({
      method: 'post',
      path: '/recommendation-measures/{id}/ending',
      summary: 'Say that a measure does not tell of a recommendation after all',
      allow: 'indicators.link-measures',
      params,
      body: EndMeasureLink,
      run: (ctx, input) => endRecommendationMeasure(ctx, input.params.id, input.body),
    }),
  ]
}
