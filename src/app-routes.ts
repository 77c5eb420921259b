import { agencyRoutes, bodyList, reformRoutes, type ReformParts } from '#agencies'
import {
  accessRoutes,
  filterWithinReach,
  listRoutes,
  may,
  requireTwoPersons,
  touchedPosts,
  withinReach,
  type AccessParts,
} from '#access'
import { importRoutes, importSubject } from '#documents'
import { figureList, findingList, findingsSubject, indicatorRoutes, moveMeasures, thingList } from '#indicators'
import { accountSubjects, notificationRoutes, notificationSubscribers, type Pen, type Subjects } from '#notifications'
import type { Catalogue, FileStore, List, Route, Subscriber } from '#platform'
import {
  answerConditions,
  answerFacets,
  bodyConditions,
  bodyFacets,
  moveAnswers,
  planList,
  planRoutes,
  planSubjects,
  planSubscribers,
  taskList,
  touchedPlans,
} from '#plans'
import { obligationList, obstacleList, reportingRoutes, reportingSubjects, reportingSubscribers } from '#reporting'
import { recommendationList, recommendationRoutes, type MoveAnswers } from '#recommendations'
import { mapRoutes, territoryRoutes } from '#territory'
import { sourceOf, type Country } from './country.ts'

/** The list of bodies, with what plans know of them. */
const bodies = bodyList({ facets: bodyFacets, conditions: bodyConditions })

/** The list of recommendations, with what plans know of them. */
export const registry = recommendationList({ facets: answerFacets, conditions: answerConditions })

/** What later modules hold of a paragraph goes along to its parts. */
const moveLaid: MoveAnswers = async (ctx, wholeId, moved) => {
  await moveAnswers(ctx, wholeId, moved)
  await moveMeasures(
    ctx,
    wholeId,
    moved.parts.map(({ id }) => id),
  )
}

/** Every declared list: what may be exported and kept as a view. */
export const lists: readonly List[] = [
  taskList,
  planList,
  bodies,
  registry,
  figureList,
  findingList,
  thingList,
  obligationList,
  obstacleList,
]

/** Every route of the product: what the server answers, what OpenAPI says, what the permission table must name. */
export function allRoutes(parts: { access: AccessParts; country: Country; files: FileStore; say: Catalogue }): Route[] {
  const { country, files } = parts
  return [
    ...accessRoutes(parts.access),
    ...listRoutes(parts.access, lists),
    ...notificationRoutes({ subjects: allSubjects, timeZone: parts.access.country.timeZone }),
    ...territoryRoutes,
    ...mapRoutes(country.map),
    ...agencyRoutes(bodies),
    ...reformRoutes(reformParts(country, parts.say)),
    ...(country.documentGrammar === null || country.grammarModule === null
      ? []
      : importRoutes({
          files,
          grammar: country.documentGrammar,
          kindNames: country.writing?.templates.layout.kinds ?? {},
          functionCode: country.defaultFunction,
          grammarModule: country.grammarModule,
        })),
    ...recommendationRoutes({ files, own: country.ownState, say: parts.say, list: registry, moveAnswers: moveLaid }),
    ...indicatorRoutes({ files, calendars: country.calendars, say: parts.say }),
    ...planRoutes({
      files,
      defaultFunction: country.defaultFunction,
      usualKind: country.usualKind,
      writing: country.writing,
      say: parts.say,
      registry,
    }),
    ...reportingRoutes({
      files,
      calendars: country.calendars,
      country: country.reporting,
      defaultFunction: country.defaultFunction,
      writing: country.writing,
      reportWords: country.reportWords,
      locale: country.language,
      isInvented: parts.access.demo,
      registry,
      say: parts.say,
    }),
  ]
}

/** Every kind of record people talk of or whose history they read. */
export const allSubjects: Subjects = [
  ...accountSubjects(),
  importSubject,
  findingsSubject,
  ...planSubjects,
  ...reportingSubjects,
]

/** Everything that reacts to what is recorded. */
export function allSubscribers(pen: Pen): Subscriber[] {
  return [...notificationSubscribers(pen), ...planSubscribers, ...reportingSubscribers]
}

/** What reforms ask of the country and of the modules after them. */
function reformParts(country: Country, say: Catalogue): ReformParts {
  return {
    source: sourceOf(country),
    withinReach,
    filterWithinReach,
    requireTwoPersons,
    may: (ctx, permission) => may(ctx.actor, permission),
    touched: [touchedPosts, ...touchedPlans],
    say,
  }
}
