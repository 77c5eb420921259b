import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, PageQuery, PlainDate, Version, pageOf } from '#platform/model'
import { UnitLevel } from '#territory/model'
import { decideFigures } from './commands/decide-figures.ts'
import { enterFigures } from './commands/enter-figures.ts'
import { endLock, listLocks, lockPeriod } from './commands/locks.ts'
import { changeTarget, endTarget, setTarget } from './commands/targets.ts'
import {
  AreaSeries,
  Breakdown,
  ChangeTarget,
  DecideFigures,
  DimensionRow,
  EndLock,
  Figure,
  Grid,
  IndicatorRow,
  LockPeriod,
  PartRow,
  Period,
  PeriodId,
  PeriodLock,
  Picture,
  SaveFigures,
  SavedFigures,
  SeriesPoint,
  SetTarget,
  Target,
  TargetProgress,
  UnitProgress,
  UnitTargets,
  View,
} from './model.ts'
import { codeRoutes } from './exchange/codes/routes.ts'
import { thingRoutes } from './exchange/things/routes.ts'
import { termRoutes } from './terms/routes.ts'
import { sdmxRoutes } from './exchange/sdmx/routes.ts'
import { importRoutes } from './import/routes.ts'
import type { ImportParts } from './import/run.ts'
import { linkRoutes } from './links/routes.ts'
import { pictureRoutes } from './pictures/routes.ts'
import { releaseRoutes } from './protection/routes.ts'
import { qualityRoutes } from './quality/routes.ts'
import { readCommonAreas } from './queries/common-areas.ts'
import { readDictionary } from './queries/dictionary.ts'
import { listFigures } from './queries/figures.ts'
import { listPeriods, readGrid } from './queries/grid.ts'
import { listTargets, readProgress } from './queries/targets.ts'
import { getPicture, listParts } from './queries/totals.ts'
import { listUnitTargets, readUnitProgress } from './queries/unit-targets.ts'

export type IndicatorParts = ImportParts

const ofMeasure = z.object({ id: Id })
const OfUnit = z.object({ unitId: Id, breakdown: Breakdown.default(''), asOf: PlainDate.optional() })
const OfTotal = OfUnit.extend({ period: PeriodId, view: View.default('as-is') })
const Saved = z.object({ id: Id, version: Version })

/** Every route of indicators; calendars are the country's. */
export function indicatorRoutes(parts: IndicatorParts): Route[] {
  return [
    ...dictionaryRoutes(),
    ...figureRoutes(parts),
    ...lockRoutes(parts),
    ...importRoutes(parts),
    ...termRoutes(parts),
    ...codeRoutes(parts),
    ...thingRoutes(parts),
    ...sdmxRoutes(parts),
    ...releaseRoutes(parts),
    ...pictureRoutes(parts),
    ...totalRoutes(parts),
    ...targetRoutes(parts),
    ...linkRoutes(),
    ...qualityRoutes(parts),
  ]
}

function dictionaryRoutes(): Route[] {
  return [
    route({
      method: 'get',
      path: '/indicators',
      summary: 'What is measured: indicators with their measures, and by what figures are broken down',
      allow: 'indicators.read-dictionary',
      returns: z.object({ indicators: z.array(IndicatorRow), dimensions: z.array(DimensionRow) }),
      run: (ctx) => readDictionary(ctx),
    }),
  ]
}

function figureRoutes(parts: IndicatorParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/figures',
      summary: 'Figures by measure, unit and period: what stands, and what waits',
      allow: 'indicators.read-figures',
      query: PageQuery.extend({
        measureId: Id.optional(),
        unitId: Id.optional(),
        period: PeriodId.optional(),
        toDecide: z.stringbool().optional(),
        isReturned: z.stringbool().optional(),
      }),
      returns: pageOf(Figure),
      run: (ctx, { query }) => listFigures(ctx, query, parts.calendars),
    }),
    route({
      method: 'get',
      path: '/figures/grid',
      summary: 'What the acting body enters in a period: its measures of a unit, or a measure of its units',
      allow: 'indicators.read-figures',
      query: z.object({ unitId: Id.optional(), measureId: Id.optional(), period: PeriodId.optional() }),
      returns: Grid,
      run: (ctx, { query }) => readGrid(ctx, query, parts.calendars),
    }),
    route({
      method: 'get',
      path: '/figures/periods',
      summary: 'The periods in which a measure, or any, is taken up and that have begun, newest first',
      allow: 'indicators.read-dictionary',
      query: z.object({ measureId: Id.optional() }),
      returns: z.object({ periods: z.array(Period), usual: PeriodId.nullable() }),
      run: (ctx, { query }) => listPeriods(ctx, query.measureId, parts.calendars),
    }),
    route({
      method: 'put',
      path: '/figures',
      summary: "Enter figures of one's own unit, many at once: each taken or refused with its reason",
      allow: 'indicators.enter-figures',
      body: SaveFigures,
      returns: SavedFigures,
      run: (ctx, { body }) => enterFigures(ctx, body.cells, parts),
    }),
    route({
      method: 'post',
      path: '/figures/decisions',
      summary: 'Accept figures another entered, or give them back with a reason',
      allow: 'indicators.decide-figures',
      body: DecideFigures,
      returns: SavedFigures,
      run: (ctx, { body }) => decideFigures(ctx, body, parts.say),
    }),
  ]
}

function lockRoutes({ calendars }: IndicatorParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/figures/locks',
      summary: 'Periods whose figures are, or were, locked: by whom, and why opened',
      allow: 'indicators.read-figures',
      query: z.object({ period: PeriodId.optional() }),
      returns: z.object({ locks: z.array(PeriodLock) }),
      run: async (ctx, { query }) => ({ locks: await listLocks(ctx, query) }),
    }),
    route({
      method: 'post',
      path: '/figures/locks',
      summary: "Lock a period for one's own body and those below it",
      allow: 'indicators.lock-periods',
      body: LockPeriod,
      returns: z.object({ id: Id }),
      run: (ctx, { body }) => lockPeriod(ctx, body, calendars),
    }),
    route({
      method: 'post',
      path: '/figures/locks/{id}/ending',
      summary: "Open a period one's own body locked, with the reason",
      allow: 'indicators.lock-periods',
      params: ofMeasure,
      body: EndLock,
      run: (ctx, { params, body }) => endLock(ctx, params.id, body.reason),
    }),
  ]
}

function totalRoutes({ calendars }: IndicatorParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/measures/{id}/picture',
      summary:
        'The total of a unit and of the units in it, as they were or as they are, with completeness and timeliness',
      allow: 'indicators.read-figures',
      params: ofMeasure,
      query: OfTotal.extend({ level: UnitLevel.optional() }),
      returns: Picture,
      run: (ctx, { params, query }) =>
        getPicture(ctx, { level: undefined, asOf: undefined, ...query, measureId: params.id }, calendars),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/parts',
      summary: 'The units behind a total: who gave, who is missing, late or estimated',
      allow: 'indicators.read-figures',
      params: ofMeasure,
      query: OfTotal.extend({
        ...PageQuery.shape,
        show: z.enum(['all', 'given', 'missing', 'late', 'estimated', 'not-comparable']).default('all'),
      }),
      returns: pageOf(PartRow),
      run: (ctx, { params, query }) => listParts(ctx, { asOf: undefined, ...query, measureId: params.id }, calendars),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/common-areas',
      summary: 'Yearly figures in areas whose borders stand between two days: series across a reform, without weights',
      allow: 'indicators.read-figures',
      params: ofMeasure,
      query: z.object({
        ...{ unitId: Id.optional(), level: UnitLevel.optional() },
        ...{ from: PlainDate, to: PlainDate, breakdown: Breakdown.default('') },
      }),
      returns: z.object({ areas: z.array(AreaSeries) }),
      run: (ctx, { params, query }) => readCommonAreas(ctx, { ...query, measureId: params.id }, calendars),
    }),
    route({
      method: 'get',
      path: '/measures/{id}/progress',
      summary: 'The yearly series of a unit and how things stand with its targets, with the method',
      allow: 'indicators.read-figures',
      params: ofMeasure,
      query: OfUnit,
      returns: z.object({
        series: z.array(SeriesPoint),
        targets: z.array(Target.extend({ progress: TargetProgress })),
      }),
      run: (ctx, { params, query }) =>
        readProgress(ctx, { asOf: undefined, ...query, measureId: params.id }, calendars),
    }),
  ]
}

function targetRoutes({ calendars }: IndicatorParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/measures/{id}/targets',
      summary: 'Targets of a measure for a unit',
      allow: 'indicators.read-dictionary',
      params: ofMeasure,
      query: z.object({ unitId: Id }),
      returns: z.object({ targets: z.array(Target) }),
      run: async (ctx, { params, query }) => ({
        targets: await listTargets(ctx, { measureId: params.id, unitId: query.unitId }),
      }),
    }),
    route({
      method: 'get',
      path: '/targets',
      summary: 'All that a unit is to reach: its own targets and those above it, with the measures one may set one for',
      allow: 'indicators.read-dictionary',
      query: z.object({ unitId: Id }),
      returns: UnitTargets,
      run: (ctx, { query }) => listUnitTargets(ctx, query.unitId),
    }),
    route({
      method: 'get',
      path: '/targets/progress',
      summary: 'How a unit stands with every target of a measure that holds there, by its own figures',
      allow: 'indicators.read-figures',
      query: z.object({ unitId: Id, measureId: Id }),
      returns: UnitProgress,
      run: (ctx, { query }) => readUnitProgress(ctx, query, calendars),
    }),
    route({
      method: 'post',
      path: '/targets',
      summary: "Set a target for a measure of one's own unit",
      allow: 'indicators.set-targets',
      body: SetTarget,
      returns: Saved,
      run: (ctx, { body }) => setTarget(ctx, body),
    }),
    route({
      method: 'put',
      path: '/targets/{id}',
      summary: "Change a target of one's own",
      allow: 'indicators.set-targets',
      params: ofMeasure,
      body: ChangeTarget,
      returns: z.object({ version: Version }),
      run: (ctx, { params, body }) => changeTarget(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/targets/{id}/ending',
      summary: "End a target of one's own; it is kept",
      allow: 'indicators.set-targets',
      params: ofMeasure,
      body: z.strictObject({ version: Version }),
      run: (ctx, { params, body }) => endTarget(ctx, params.id, body.version),
    }),
  ]
}
