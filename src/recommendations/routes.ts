import { z } from 'zod'
import { facetsRoute, listQuery, notFound, route, takeQuery, type List, type Route } from '#platform'
import { Id, PageQuery, Version } from '#platform/model'
import { makeGrouping, renameGrouping, retireGrouping } from './commands/groupings.ts'
import { addAssessment, decideLikeness, saveStandpoint, saveWording, withdrawAssessment } from './commands/kept.ts'
import { layToParts, splitParagraph, type MoveAnswers } from './commands/split.ts'
import { decideTags } from './commands/tags.ts'
import { exportRegistry } from './export.ts'
import { importRoutes } from './import/routes.ts'
import type { ImportParts } from './import/run.ts'
import {
  AddAssessment,
  DecidedTags,
  DecideLikeness,
  DecideTags,
  Groupings,
  MakeGrouping,
  ProposedParts,
  RecommendationDetail,
  RecommendationPage,
  RenameGrouping,
  RetireGrouping,
  SaveStandpoint,
  SaveWording,
  SourceDocument,
  SplitParagraph,
  Suggestions,
  TermLists,
  TermsSuggested,
  TermsSuggestedQuery,
} from './model.ts'
import { documentsOf, getRecommendation, proposeParts } from './queries/detail.ts'
import { listGroupings } from './queries/groupings.ts'
import { listRecommendations } from './queries/list.ts'
import { suggestFor, suggestTermsFor } from './queries/suggestions.ts'
import { getTermLists } from './queries/terms.ts'

const params = z.object({ id: Id })
const read = 'recommendations.read'
const keep = 'recommendations.keep'
const Versioned = z.object({ version: Version })
const FileFormat = z.enum(['xlsx', 'csv'])
const Made = z.object({ id: Id })
const DocumentQuery = PageQuery.extend({
  reach: z.enum(['own', 'all']).default('own'),
  mechanism: z.string().max(30).optional(),
})

/** `list` is the registry as `app-routes.ts` declares it, with what later modules know of recommendations. */
export type RecommendationParts = ImportParts & { list: List; moveAnswers?: MoveAnswers }

/** What was asked of the State. Files, words and the State's own name are handed in by `app.ts`. */
export function recommendationRoutes(parts: RecommendationParts): Route[] {
  return [...readingRoutes(parts), ...groupingRoutes(), ...keepingRoutes(parts), ...importRoutes(parts)]
}

function readingRoutes({ own, say, list }: RecommendationParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/recommendations',
      summary: 'Recommendations; the newest cycle addressed to the own State unless asked otherwise',
      allow: read,
      query: listQuery(list),
      returns: RecommendationPage,
      run: (ctx, { query }) => listRecommendations(ctx, list, takeQuery(list, query)),
    }),
    facetsRoute(list, '/recommendations/facets', 'Recommendations counted by facet, at most 5,000 of what is found'),
    route({
      method: 'get',
      path: '/recommendations/terms',
      summary: 'Mechanisms, themes, groups, goals, articles, clusters',
      allow: read,
      returns: TermLists,
      run: (ctx) => getTermLists(ctx, own),
    }),
    route({
      method: 'get',
      path: '/recommendations/documents',
      summary: 'Documents in which mechanisms recommend, newest first',
      allow: read,
      query: DocumentQuery,
      returns: z.array(SourceDocument),
      run: (ctx, { query }) =>
        documentsOf(ctx, {
          own: query.reach === 'own',
          mechanism: query.mechanism ?? null,
          limit: query.size,
          offset: (query.page - 1) * query.size,
        }),
    }),
    route({
      method: 'get',
      path: '/recommendations/suggestions',
      summary: 'Terms that likeness of words suggests for several recommendations, each with why',
      allow: keep,
      query: TermsSuggestedQuery,
      returns: TermsSuggested,
      run: (ctx, { query }) => suggestTermsFor(ctx, query.ids.split(',')),
    }),
    route({
      method: 'get',
      path: '/recommendations/file',
      summary: 'What a list shows, as the table that can be brought in again',
      allow: 'recommendations.export',
      query: listQuery(list).extend({ format: FileFormat.default('xlsx') }),
      download: true,
      exports: true,
      run: (ctx, { query }) =>
        exportRegistry(ctx, say, {
          list,
          filter: takeQuery(list, query).filter,
          format: FileFormat.parse(query.format),
        }),
    }),
    route({
      method: 'get',
      path: '/recommendations/{id}',
      summary: 'One recommendation with everything kept of it',
      allow: read,
      params,
      returns: RecommendationDetail,
      run: (ctx, input) => getRecommendation(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/recommendations/{id}/proposed-parts',
      summary: "The parts a paragraph's printed letters propose",
      allow: read,
      params,
      returns: ProposedParts,
      run: (ctx, input) => proposeParts(ctx, input.params.id),
    }),
    route({
      method: 'get',
      path: '/recommendations/{id}/suggestions',
      summary: 'Terms and recommendations of the same content that likeness of words suggests, each with why',
      allow: read,
      params,
      returns: Suggestions,
      run: (ctx, input) => suggestFor(ctx, input.params.id),
    }),
  ]
}

const numbered = z.object({ number: z.string().max(40) })

/** @throws notFound */
function numberOf({ number }: z.infer<typeof numbered>): number {
  if (!/^\d{1,9}$/.test(number)) throw notFound()
  return Number(number)
}

/** Groupings of a body's own; each act answers how all then stand. */
function groupingRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/recommendations/groupings',
      summary: "Groupings of bodies' own, with all their names",
      allow: keep,
      returns: Groupings,
      run: listGroupings,
    }),
    route({
      method: 'post',
      path: '/recommendations/groupings',
      summary: "Make a grouping of the body's own",
      allow: keep,
      body: MakeGrouping,
      returns: Groupings,
      async run(ctx, { body }) {
        await makeGrouping(ctx, body.names)
        return listGroupings(ctx)
      },
    }),
    route({
      method: 'put',
      path: '/recommendations/groupings/{number}',
      summary: 'Rename a grouping',
      allow: keep,
      params: numbered,
      body: RenameGrouping,
      returns: Groupings,
      async run(ctx, input) {
        await renameGrouping(ctx, numberOf(input.params), input.body)
        return listGroupings(ctx)
      },
    }),
    route({
      method: 'put',
      path: '/recommendations/groupings/{number}/retirement',
      summary: 'Retire a grouping, or take it into use again',
      allow: keep,
      params: numbered,
      body: RetireGrouping,
      returns: Groupings,
      async run(ctx, input) {
        await retireGrouping(ctx, numberOf(input.params), input.body)
        return listGroupings(ctx)
      },
    }),
  ]
}

function keepingRoutes({ moveAnswers }: RecommendationParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/recommendations/{id}/parts',
      summary: 'Split a paragraph into parts',
      allow: keep,
      params,
      body: SplitParagraph,
      returns: z.object({ ids: z.array(Id) }),
      run: async (ctx, input) => ({ ids: await splitParagraph(ctx, input.params.id, input.body, moveAnswers) }),
    }),
    route({
      method: 'post',
      path: '/recommendations/{id}/parts/answers',
      summary: 'Lay the tasks that still answer a split paragraph to its parts',
      allow: keep,
      params,
      run: (ctx, input) => layToParts(ctx, input.params.id, moveAnswers),
    }),
    route({
      method: 'put',
      path: '/recommendations/{id}/wording',
      summary: 'Keep a translation or a twin in plain words',
      allow: keep,
      params,
      body: SaveWording,
      returns: Versioned,
      run: async (ctx, input) => ({ version: await saveWording(ctx, input.params.id, input.body) }),
    }),
    route({
      method: 'put',
      path: '/recommendations/{id}/standpoint',
      summary: "Keep the State's own position, answer and urgency",
      allow: keep,
      params,
      body: SaveStandpoint,
      returns: Versioned,
      run: async (ctx, input) => ({ version: await saveStandpoint(ctx, input.params.id, input.body) }),
    }),
    route({
      method: 'post',
      path: '/recommendations/tags',
      summary: 'Confirm or refuse terms on recommendations',
      allow: keep,
      body: DecideTags,
      returns: DecidedTags,
      run: (ctx, { body }) => decideTags(ctx, body),
    }),
    route({
      method: 'post',
      path: '/recommendations/{id}/assessments',
      summary: 'Add an independent assessment with its evidence',
      allow: keep,
      params,
      body: AddAssessment,
      returns: Made,
      run: async (ctx, input) => ({ id: await addAssessment(ctx, input.params.id, input.body) }),
    }),
    route({
      method: 'delete',
      path: '/recommendations/{id}/assessments/{assessmentId}',
      summary: 'Take an assessment back',
      allow: keep,
      params: params.extend({ assessmentId: Id }),
      run: (ctx, input) => withdrawAssessment(ctx, input.params.id, input.params.assessmentId),
    }),
    route({
      method: 'put',
      path: '/recommendations/{id}/likeness',
      summary: 'Say whether two recommendations ask the same',
      allow: keep,
      params,
      body: DecideLikeness,
      run: (ctx, input) => decideLikeness(ctx, input.params.id, input.body),
    }),
  ]
}
