import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { enrolDemonstration, hashPassword } from '#access'
import type { Role } from '#access/model'
import { idOfKey, newId, readFact, writeFact, type Catalogue, type FileStore, type Ground } from '#platform'
import {
  acceptProgress,
  createDraft,
  derivePlan,
  issuePlan,
  joinTasks,
  readDraftOf,
  returnProgress,
  saveDraft,
  saveProgress,
  submitProgress,
} from '#plans'
import type { DutyInput, NodeInput, PlanHeader, TaskTime } from '#plans/model'
import type { Language } from '#platform/model'
import type { Calendar } from '#indicators/model'
import type { OwnState } from '#recommendations/model'
import type { CountryReporting } from '#reporting/model'
import { actorOf, asBody, asSystem, type Hands } from './demonstration-hands.ts'
import { loadDemoFigures, type DemoFigure } from './demonstration-figures.ts'
import { loadDemoReporting, type DemoReporting } from './demonstration-reports.ts'
import { loadDemoRecommendations, type DemoRecommendations } from './demonstration-recommendations.ts'

export type DemoAccount = {
  login: string
  name: string
  language: Language
  posts: { agencyKey: string; unitKey: string | null; role: Role }[]
}

/** A duty by the key of a body, or by class. */
export type DemoDuty = { kind: DutyInput['kind']; raw: string; agencyKey?: string; classCode?: string }
export type DemoNode = {
  key: string
  parentKey: string | null
  kind: 'group' | 'task'
  path: string
  text: string
  output: string | null
  time: TaskTime | null
  duties: DemoDuty[]
  programmes: string[]
}

export type DemoPlan = { issuerKey: string; header: PlanHeader; nodes: DemoNode[] }

/** A task of a plan beside the national one that is the same work as a task of that one, for a body that leads on both. */
export type DemoJoint = { agencyKey: string; key: string; nationalKey: string; reason: string }

/** What a country gives for its demonstration: invented content, dates laid relative to the day it is loaded. */
export type Demonstration = {
  accounts: DemoAccount[]
  /** The lead body's own plan; issued so many days before today. */
  national: (today: string) => DemoPlan
  /** Another plan in force beside it, with work that serves both. */
  beside: (today: string) => DemoPlan & { joints: DemoJoint[] }
  /** The plan of one body below, from a task of the plan above; null = what it does with a task is not to take it. */
  local: (
    body: { key: string; level: 'province' | 'commune'; name: string; place: string; rank: number },
    today: string,
  ) => { header: PlanHeader; node: (parent: NodeInput, rank: number) => { time: TaskTime | null; duties: DemoDuty[] } }
  /** What is said of a piece of work: words of an officer, by how it stands. */
  narrative: (status: 'in-progress' | 'completed', body: string) => string
  returnReason: string
  recommendations: DemoRecommendations
  /** What was said of indicators until today. */
  figures: (today: string) => DemoFigure[]
  /** A regime, what was sent by it, and what stands in the way. */
  reporting: (today: string) => DemoReporting
  /** The name under which the loader writes; nobody signs in as it. */
  handName: string
  functionCode: string
}

type LocalBody = {
  id: string
  key: string
  level: 'province' | 'commune'
  name: string
  place: string
  superiorId: string | null
}

type Parts = {
  ground: Ground
  home: string
  demonstration: Demonstration
  ownerDb: Ground['db']
  files: FileStore
  own: OwnState
  calendars: readonly Calendar[]
  reporting: CountryReporting
  defaultFunction: string
  say: Catalogue
  log: (line: string) => void
}

const fact = 'demonstration'

/**
 * Loads the demonstration once: accounts, a national plan, derived plans for the provinces and many communes, progress
 * of which some is late. Everything goes through the same commands as a person's work.
 * @returns the accounts' common password, made for this instance and kept in its home
 */
export async function loadDemonstration(parts: Parts): Promise<string> {
  const password = ownPassword(parts.home)
  if ((await readFact(parts.ground.db, fact)) !== undefined) return password
  const persons = await writeAccounts(parts, password)
  const today = todayOf(parts.ground)
  const national = await issueWhole(parts, persons, parts.demonstration.national(today), today)
  const provinces = await listBodies(parts, 'province')
  let done = 0
  await inLanes(provinces, async (province, rank) => {
    if (rank % 11 === 9) return
    await issueProvince(parts, persons, { province, national: national.planId, rank, today })
    done++
    if (done % 10 === 0) parts.log(`${done}/${provinces.length}`)
  })
  await tellProgress(parts, persons, today)
  await issueBeside(parts, persons, national, today)
  await bringRecommendations(parts, persons, national.ids, today)
  await asSystem(parts, (ctx) => loadDemoFigures(ctx, parts, { hands: persons, today }))
  await loadDemoReporting(parts, { hands: persons, reporting: parts.demonstration.reporting(today) })
  await writeFact(parts.ownerDb, fact, { loadedOn: today })
  return password
}

/** What was asked of the State, and which tasks of the national plan answer it. */
async function bringRecommendations(parts: Parts, persons: Hands, tasks: IssuedWhole['ids'], on: string) {
  const { recommendations, national } = parts.demonstration
  const personId = persons.writer
  await loadDemoRecommendations({
    ...{ ...parts, recommendations, tasks, agencyId: idOfKey(national(on).issuerKey) },
    actor: (agencyId) => actorOf(personId, agencyId),
    run: (agencyId, work) => asBody(parts, { personId, agencyId, on }, work),
  })
}

/** Provinces that are loaded at once: while the database works for one, the next is made ready. */
const lanes = 3

/** Does the work for each, a few at once, begun in their order. */
async function inLanes<T>(items: readonly T[], work: (item: T, rank: number) => Promise<void>): Promise<void> {
  const waiting = items.entries()
  const lane = async () => {
    for (const [rank, item] of waiting) await work(item, rank)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** A province's plan, and those of some of its communes once it is issued. */
async function issueProvince(
  parts: Parts,
  persons: Hands,
  of: { province: LocalBody; national: string; rank: number; today: string },
): Promise<void> {
  const { province, rank, today } = of
  const planId = await issueLocal(parts, persons, { body: province, parentId: of.national, rank, today })
  if (planId === undefined) return
  const communes = await listBodies(parts, 'commune', province.id)
  for (const [at, commune] of communes.filter((_commune, place) => place % 12 === rank % 3).entries())
    await issueLocal(parts, persons, { body: commune, parentId: planId, rank: at, today })
}

/** The password of the demonstration's accounts: random for each instance, readable by its owner only. */
function ownPassword(home: string): string {
  const file = path.join(home, 'demonstration-password')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const password = randomBytes(9).toString('base64url')
  const words = `mang-non-${password}`
  writeFileSync(file, `${words}\n`, { mode: 0o600 })
  return words
}

function todayOf(ground: Ground): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ground.timeZone }).format(ground.now())
}

/** Enrols the accounts, and two hands that write and sign for all bodies while loading; nobody can sign in as these. */
async function writeAccounts(parts: Parts, password: string): Promise<Hands> {
  const shared = await hashPassword(password)
  const validFrom = '2000-01-01'
  const hands = await Promise.all(
    ['writer', 'signer'].map(async (hand) => ({
      id: newId(),
      login: `demonstration-${hand}`,
      name: parts.demonstration.handName,
      language: parts.ground.language,
      passwordHash: await hashPassword(randomBytes(32).toString('base64url')),
      posts: [],
    })),
  )
  const people = parts.demonstration.accounts.map((account) => ({
    id: newId(),
    login: account.login,
    name: account.name,
    language: account.language,
    passwordHash: shared,
    posts: account.posts.map((post) => ({
      agencyId: idOfKey(post.agencyKey),
      unitId: post.unitKey === null ? null : idOfKey(post.unitKey),
      role: post.role,
      validFrom,
    })),
  }))
  await asSystem(parts, (ctx) => enrolDemonstration(ctx, [...hands, ...people]))
  return { writer: hands[0]?.id ?? '', signer: hands[1]?.id ?? '' }
}

function toInput(node: DemoNode): NodeInput {
  return { ...node, funding: null, source: null, bases: [], duties: node.duties.map(toDuty) }
}

function toDuty(duty: DemoDuty): DutyInput {
  return {
    kind: duty.kind,
    raw: duty.raw,
    addressedId: duty.agencyKey === undefined ? null : idOfKey(duty.agencyKey),
    classCode: duty.classCode ?? null,
  }
}

type IssuedWhole = { planId: string; ids: ReadonlyMap<string, string> }

/** A plan written as a whole, issued on its day. @returns its id, and those of its nodes by their keys */
async function issueWhole(
  parts: Parts,
  persons: Hands,
  { issuerKey, header, nodes }: DemoPlan,
  today: string,
): Promise<IssuedWhole> {
  const agencyId = idOfKey(issuerKey)
  const on = header.issuedOn ?? today
  const { planId, ids } = await asBody(parts, { personId: persons.writer, agencyId, on }, (ctx) =>
    createDraft(ctx, {
      issuerId: agencyId,
      header,
      nodes: nodes.map(toInput),
      parentPlanIds: [],
      functionCode: parts.demonstration.functionCode,
      importId: null,
      isInvented: true,
    }),
  )
  await asBody(parts, { personId: persons.signer, agencyId, on }, (ctx) => issuePlan(ctx, planId, { version: 1 }))
  return { planId, ids }
}

/** The plan beside the national one; bodies join what is the same work in both, so that it is reported once. */
async function issueBeside(parts: Parts, persons: Hands, national: IssuedWhole, today: string): Promise<void> {
  const { joints, ...plan } = parts.demonstration.beside(today)
  const { ids } = await issueWhole(parts, persons, plan, today)
  for (const { agencyKey, key, nationalKey, reason } of joints) {
    const agencyId = idOfKey(agencyKey)
    const nodeId = national.ids.get(nationalKey) ?? ''
    await asBody(parts, { personId: persons.writer, agencyId, on: today }, async (ctx) => {
      const { id } = await ctx.db
        .selectFrom('plans.occurrence')
        .select('id')
        .where('nodeId', '=', ids.get(key) ?? '')
        .where('agencyId', '=', agencyId)
        .limit(1)
        .executeTakeFirstOrThrow()
      await joinTasks(ctx, id, { nodeId, enterAt: 'there', reason })
    })
  }
}

async function listBodies(parts: Parts, level: 'province' | 'commune', superiorId?: string): Promise<LocalBody[]> {
  return asSystem(parts, async (ctx) => {
    const { rows } =
      await sql<LocalBody>`select a.id, a.key, a.level, n.name, u.name as place, a.superior_id from agencies.agency a
      join agencies.agency_name n on n.agency_id = a.id and n.valid_to is null join territory.unit_version u on u.unit_id = a.unit_id and u.valid_to is null
      where a.kind = 'people-committee' and a.level = ${level} and a.valid_to is null and ${superiorId === undefined ? sql`true` : sql`a.superior_id = ${superiorId}`} order by u.code`.execute(
        ctx.db,
      )
    return rows
  })
}

/** A body's derived plan. One in seven is still a draft: so much of life is in the coverage board. */
async function issueLocal(
  parts: Parts,
  persons: Hands,
  of: { body: LocalBody; parentId: string; rank: number; today: string },
): Promise<string | undefined> {
  const { body, rank } = of
  const { header, node } = parts.demonstration.local(
    { key: body.key, level: body.level, name: body.name, place: body.place, rank },
    of.today,
  )
  const on = header.issuedOn ?? of.today
  const draft = { ...header, number: null, issuedOn: null }
  const { planId, nodes } = await asBody(parts, { personId: persons.writer, agencyId: body.id, on }, async (ctx) => {
    const derived = await derivePlan(ctx, of.parentId, { header: draft, issuerId: body.id })
    return { planId: derived.planId, nodes: await readDraftOf(ctx, derived.planId) }
  })
  if (rank % 7 === 5) return undefined
  const laid = nodes.map((parent, at) =>
    parent.kind === 'task' ? { ...parent, ...withDuties(node(parent, at)) } : parent,
  )
  await asBody(parts, { personId: persons.writer, agencyId: body.id, on }, (ctx) =>
    saveDraft(ctx, planId, { version: 1, header, nodes: laid }),
  )
  await asBody(parts, { personId: persons.signer, agencyId: body.id, on }, (ctx) =>
    issuePlan(ctx, planId, { version: 2 }),
  )
  return planId
}

function withDuties(local: { time: TaskTime | null; duties: DemoDuty[] }): Pick<NodeInput, 'time' | 'duties'> {
  return { time: local.time, duties: local.duties.map(toDuty) }
}

/** Updates that are told; more would only make the loading slow. */
const mostProgress = 400

type Work = { id: string; agencyId: string; checkerId: string; dueOn: string; name: string }

/** Progress on work that was due: most done on time, some late, some sent and waiting, some returned, some nothing. */
async function tellProgress(parts: Parts, persons: Hands, today: string): Promise<void> {
  const work = await asSystem(parts, async (ctx) => {
    const { rows } =
      await sql<Work>`select o.id, o.agency_id, case when o.owner_id = o.agency_id then a.superior_id else o.owner_id end as checker_id, o.due_on, n.name
      from plans.occurrence o join agencies.agency a on a.id = o.agency_id join agencies.agency_name n on n.agency_id = o.agency_id and n.valid_to is null
      where o.due_on < ${today}::date + 60 and not o.is_requested and (o.owner_id <> o.agency_id or a.level = 'commune') order by (o.owner_id = ${idOfKey(parts.demonstration.national(today).issuerKey)}) desc, md5(o.id::text) limit ${mostProgress}`.execute(
        ctx.db,
      )
    return rows
  })
  for (const [rank, row] of work.entries()) {
    const how = rank % 10
    if (how >= 7 && rank % 3 !== 0) continue
    await tellOne(parts, persons, { ...row, rank, today })
  }
}

async function tellOne(parts: Parts, persons: Hands, row: Work & { rank: number; today: string }): Promise<void> {
  const late = row.rank % 10 >= 5
  const sent = shift(row.dueOn, late ? 9 : -6)
  const on = sent > row.today ? row.today : sent
  const status = row.dueOn < row.today ? 'completed' : 'in-progress'
  const progress = await asBody(parts, { personId: persons.writer, agencyId: row.agencyId, on }, async (ctx) => {
    const begun = await saveProgress(ctx, row.id, {
      version: null,
      status,
      narrative: parts.demonstration.narrative(status, row.name),
      evidenceNote: null,
    })
    await submitProgress(ctx, begun.id, begun.version)
    return begun
  })
  if (row.rank % 10 === 6) return
  await asBody(parts, { personId: persons.signer, agencyId: row.checkerId, on }, (ctx) =>
    row.rank % 13 === 4
      ? returnProgress(ctx, progress.id, { version: 2, reason: parts.demonstration.returnReason })
      : acceptProgress(ctx, progress.id, 2),
  )
}
function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
