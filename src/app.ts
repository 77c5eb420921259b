import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import {
  actorOf,
  computeReach,
  createAuthorize,
  createIdentify,
  openProvider,
  peopleImportJobs,
  ensureFirstAdministratorCode,
  gatherCommonPasswords,
  may,
  type AccessParts,
} from '#access'
import { applyDueReforms, applyReformsJob, type ApplyParts } from '#agencies'
import { readImportJob } from '#documents'
import { makeDigests, oldestLetterAt, sendLetters, type Pen } from '#notifications'
import {
  createServer,
  exportJob,
  forgetOldFiles,
  dateIn,
  describeApi,
  forgetOldAnswers,
  forgetOldTries,
  idOfKey,
  inTransaction,
  messageFolders,
  newId,
  openCatalogue,
  openFileStore,
  openLog,
  openMailer,
  openMetrics,
  readMessages,
  startJobRunner,
  sweepReceived,
  systemActor,
  version,
  watchOperation,
  type Catalogue,
  type Config,
  type Database,
  type FileStore,
  type Ground,
} from '#platform'
import { dhis2Door, indicatorJobs, lapseImports, startTotals } from '#indicators'
import { extendOccurrences, followSuccession, loadProgrammes, matrixJob, namesOfPlanRecords, planJobs } from '#plans'
import { findKeepers, loadRecommendationLists, recommendationJobs } from '#recommendations'
import {
  escalateObstacles,
  followBodies,
  followOwners,
  landObligations,
  openDueRounds,
  remindOfReports,
  forgetParts,
  jointJob,
  tendRounds,
  urgingJob,
} from '#reporting'
import { addOperatorRoutes, metricsReaders } from './app-operator.ts'
import { allRoutes, allSubjects, allSubscribers, lists, registry } from './app-routes.ts'
import { loadCountry, sourceOf, type Country } from './country.ts'
import { loadDemonstration } from './demonstration.ts'

export type AppParts = {
  config: Config
  db: Kysely<Database>
  ownerDb: Kysely<Database>
  country: string
  log?: Logger
  now?: () => Date
}
export type App = {
  address: string
  stop: () => Promise<void>
  welcome: string[]
  server: FastifyInstance
  ground: Ground
}

const root = path.join(import.meta.dirname, '..')

/** The country's data and words, from its folder. */
export async function openCountry(code: string): Promise<Country> {
  const module: { country: Country } = await import(path.join(root, 'countries', code, 'index.ts'))
  return module.country
}

/** What `access` needs to know of this instance. */
export function accessParts(config: Config, ground: Ground, country: Country, log: Logger): AccessParts {
  return {
    ground,
    demo: config.demo,
    secure: config.environment === 'production',
    session: config.session,
    secondFactor: config.secondFactor,
    publicUrl: config.publicUrl,
    say: openCatalogue(readMessages(messageFolders(path.join(root, 'src')))),
    provider: config.federation === undefined ? null : openProvider(config.federation),
    mailer: openMailer(config.mail, log),
    limits: config.limits,
    country: { code: country.code, name: country.names[country.language] ?? country.code, timeZone: country.timeZone },
    lead: { agencyId: idOfKey(country.lead.agencyKey), unitId: idOfKey(country.lead.unitKey) },
    commonPasswords: gatherCommonPasswords(country.commonPasswords),
    nameRecords: namesOfPlanRecords,
  }
}

/** Puts the modules together, brings the reference data up to date, and listens. */
export async function startApp(parts: AppParts): Promise<App> {
  const { config, db, ownerDb } = parts
  const country = await openCountry(parts.country)
  const log = parts.log ?? openLog(path.join(config.home, 'mangnon.log'), config.logLevel)
  const ground: Ground = {
    db,
    timeZone: country.timeZone,
    language: country.language,
    now: parts.now ?? (() => new Date()),
    subscribers: [],
  }
  await loadCountry(ownerDb, country)
  await loadProgrammes(ownerDb, [...country.programmes])
  await loadRecommendationLists(ownerDb, country.ownState, dateIn(ground.timeZone, ground.now()))
  const access = accessParts(config, ground, country, log)
  const fileHome = path.join(config.home, 'files')
  await sweepReceived(fileHome)
  const files = openFileStore(fileHome)
  const welcome = await prepare(parts, ground, { country, files, say: access.say })
  const metrics = openMetrics()
  watchOperation(metrics, config, ground)
  metrics.watch('mangnon_oldest_letter_seconds', 'Since when the oldest letter waits to be sent', async () => {
    const doing = { actor: systemActor, language: ground.language, requestId: 'metrics' }
    const at = await inTransaction(ground, doing, oldestLetterAt)
    return at === null ? 0 : Math.max(0, (ground.now().getTime() - Date.parse(at)) / 1000)
  })
  const totals = startTotals({ ground, calendars: country.calendars }, (fault) =>
    log.error({ err: fault }, 'keeping totals failed'),
  )
  metrics.watch('mangnon_totals_figures', 'Figures brought into memory at the start', () =>
    Promise.resolve(totals.filled()?.figures),
  )
  metrics.watch('mangnon_totals_processor_seconds', 'Processor time of the server while it did', () =>
    Promise.resolve(totals.filled()?.processorSeconds),
  )
  metrics.watch('mangnon_totals_packed_figures', 'Of these, how many came packed instead of row by row', () =>
    Promise.resolve(totals.filled()?.packed),
  )
  metrics.watch('mangnon_totals_lanes_written', 'Lanes packed for the next start', () =>
    Promise.resolve(totals.written()),
  )
  metrics.watch('mangnon_totals_seconds', 'How long reading them took', () => Promise.resolve(totals.filled()?.seconds))
  const routes = allRoutes({ access, country, files, say: access.say })
  const pen: Pen = { say: access.say, timeZone: country.timeZone, publicUrl: config.publicUrl }
  ground.subscribers.push(...allSubscribers(pen))
  const server = await createServer({
    ground,
    routes,
    doors: [dhis2Door({ calendars: country.calendars, say: access.say })],
    say: access.say,
    log,
    metrics,
    identify: createIdentify(access),
    authorize: createAuthorize(ground.now),
    trustedProxies: config.trustedProxies,
    secure: access.secure,
  })
  addOperatorRoutes(server, {
    version,
    isReady: () => isReady(db),
    metrics,
    metricsFor: metricsReaders(config),
    api: config.environment === 'production' ? null : describeApi(routes, version),
  })
  await addWeb(server)
  const { grammarModule } = country
  const reforms = applyParts(ground, ownerDb, country)
  const runner = startJobRunner({
    ground,
    log,
    kinds: [
      ...peopleImportJobs(access),
      ...planJobs,
      exportJob({ lists, say: access.say, may }),
      jointJob({ calendars: country.calendars, say: access.say }),
      matrixJob({ registry, say: access.say, writing: country.writing, may }),
      urgingJob({
        ...{ writing: country.writing, reportWords: country.reportWords, locale: country.language },
        ...{ isInvented: access.demo, may },
      }),
      ...recommendationJobs({ files, own: country.ownState, say: access.say }),
      ...indicatorJobs({ files, calendars: country.calendars, say: access.say, smallCounts: config.smallCounts }),
      applyReformsJob(reforms),
      ...(grammarModule === null ? [] : [readImportJob({ files, grammarModule })]),
    ],
    actorOf: (personId, postId) => actorOf(ground, personId, postId),
  })
  const doDaily = () =>
    void dailyWork(ground, { reforms, country })
      .then(totals.regularly)
      .catch((fault: unknown) => log.error({ err: fault }, 'daily work failed'))
  const daily = setInterval(doDaily, 3_600_000)
  doDaily()
  const address = await server.listen({ port: config.port, host: config.host })
  const post = startPost(ground, { pen, mailer: access.mailer, log })
  return {
    address: config.publicUrl ?? address,
    welcome,
    server,
    ground,
    async stop() {
      clearInterval(daily)
      await totals.close()
      await post.close()
      await server.close()
      await runner.close()
    },
  }
}

/** What is told at the first door: how to sign in, now that the instance has or has not its people. */
async function prepare(
  parts: AppParts,
  ground: Ground,
  { country, files, say }: { country: Country; files: FileStore; say: Catalogue },
): Promise<string[]> {
  if (parts.config.demo && country.demonstration !== null && parts.config.environment !== 'production') {
    const demonstration = await country.demonstration()
    const password = await loadDemonstration({
      ground,
      home: parts.config.home,
      demonstration,
      ownerDb: parts.ownerDb,
      ...{ files, say, own: country.ownState, calendars: country.calendars },
      ...{ reporting: country.reporting, defaultFunction: country.defaultFunction },
      log: (line) => console.log(`Đang nạp dữ liệu minh họa · Loading the demonstration: ${line}`),
    })
    return [
      'Dữ liệu minh họa · Demonstration. Mật khẩu chung · Password for all: ' + password,
      ...demonstration.accounts.map((account) => `  ${account.login.padEnd(24)} ${account.name}`),
    ]
  }
  const code = await ensureFirstAdministratorCode(ground)
  return code === undefined
    ? []
    : [`Mã một lần cho quản trị đầu tiên · One-time code for the first administrator: ${code}`]
}

/** What applying reforms needs: they are written on the connection of the role that owns the tables. */
export function applyParts(ground: Ground, ownerDb: Kysely<Database>, country: Country): ApplyParts {
  return {
    ownerGround: { ...ground, db: ownerDb },
    source: sourceOf(country),
    computeReach,
    afterwards: async (ctx) => {
      await followSuccession(ctx)
      await extendOccurrences(ctx)
      await landObligations(ctx, country.defaultFunction)
      await followOwners(ctx, country.defaultFunction)
      await followBodies(ctx, country.reporting, country.defaultFunction)
      await findKeepers(ctx.db, ctx.today)
    },
  }
}

/** Work of the calendar: reforms whose day has come, new periods of recurring tasks, reports that follow bodies that ended, obstacles nobody answered, rounds to be locked and to be opened, reports not yet sent, old counts of tries forgotten, files of figures nobody took in ended. Safe to run at any time. */
export async function dailyWork(
  ground: Ground,
  { reforms, country }: { reforms: ApplyParts; country: Pick<Country, 'reporting' | 'defaultFunction' | 'calendars'> },
): Promise<void> {
  await forgetOldTries(ground)
  await forgetOldAnswers(ground)
  await applyDueReforms(reforms)
  await inTransaction(
    ground,
    { actor: systemActor, language: ground.language, requestId: `daily:${newId()}` },
    async (ctx) => {
      await followSuccession(ctx)
      await extendOccurrences(ctx)
      await landObligations(ctx, country.defaultFunction)
      await followOwners(ctx, country.defaultFunction)
      await followBodies(ctx, country.reporting, country.defaultFunction)
      await forgetOldFiles(ctx)
      await forgetParts(ctx)
      await lapseImports(ctx)
      await escalateObstacles(ctx, country.reporting)
      await tendRounds(ctx)
      const { calendars, defaultFunction, reporting } = country
      await openDueRounds(ctx, { calendars, defaultFunction, ...reporting })
      await remindOfReports(ctx)
    },
  )
}

/** How often letters that wait are looked for, and digests that are due. */
const postEveryMs = 15_000

/** Writes digests when they are due and sends what waits, one round after the other; nothing where no mail server is set. */
function startPost(
  ground: Ground,
  { pen, mailer, log }: { pen: Pen; mailer: AccessParts['mailer']; log: Logger },
): { close(): Promise<void> } {
  if (mailer === null) return { close: () => Promise.resolve() }
  let round: Promise<void> | undefined
  const go = () => {
    round ??= makeDigests(ground, allSubjects, pen)
      .then(() => sendLetters(ground, mailer))
      .then(
        () => undefined,
        (fault: unknown) => log.error({ err: fault }, 'sending mail failed'),
      )
      .finally(() => (round = undefined))
  }
  const timer = setInterval(go, postEveryMs)
  go()
  return {
    async close() {
      clearInterval(timer)
      await round
    },
  }
}

/** Whether the database answers. */
function isReady(db: Kysely<Database>): Promise<boolean> {
  return sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
}

/** The built browser pages; every path that is no file and no API is a page of the browser's router. */
async function addWeb(server: FastifyInstance): Promise<void> {
  const built = path.join(root, 'dist', 'web')
  if (!existsSync(path.join(built, 'index.html'))) return
  await server.register(fastifyStatic, {
    root: built,
    index: ['index.html'],
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, file) => {
      void reply.header(
        'cache-control',
        file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  server.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && !/^\/(api|dhis2)\//.test(request.url)) return reply.sendFile('index.html')
    return reply.code(404).type('application/problem+json').send({
      type: 'urn:mangnon:problem:platform.not-found',
      status: 404,
      code: 'platform.not-found',
      title: '',
      requestId: request.id,
    })
  })
}
