import type { Calendar } from '#indicators/model'
import { idOfKey, notFound, type Context, type Ground } from '#platform'
import {
  acceptReport,
  answerObstacle,
  approveReport,
  beginReport,
  closeObstacle,
  draftRegime,
  drawLines,
  extendObligation,
  issueForm,
  issueRegime,
  lockRound,
  markLine,
  openRound,
  raiseObstacle,
  returnReport,
  saveForm,
  submitReport,
  withMeasures,
} from '#reporting'
import type { CountryReporting, FormDefinition, RegimeDefinition } from '#reporting/model'
import { asBody, type Hands } from './demonstration-hands.ts'
import { writeSections, type DemoWords } from './demonstration-sections.ts'

/** What is done to one report of the demonstration on a day. The receiver returns and accepts; the rest its own body does. */
export type DemoStep = { on: string } & (
  | { act: 'write'; words: DemoWords }
  | { act: 'draw' }
  | { act: 'send'; isNil?: boolean }
  | { act: 'return'; lines: { line: string; reason: string }[]; dueOn: string }
  | { act: 'accept' }
  | { act: 'approve' }
  | { act: 'extend'; dueOn: string; reason: string }
)

/** A round: the reports of bodies, those below before those above, each with what was done to it. */
export type DemoRound = {
  period: string
  openedOn: string
  reports: { agencyKey: string; steps: DemoStep[] }[]
  lockedOn: string | null
}

/** Something in the way, and what was said of it; `answer` by whom it was routed to. */
export type DemoObstacle = {
  agencyKey: string
  theme: string
  words: string
  proposal: string
  on: string
  answer?: { words: string; on: string }
  closing?: { words: string; on: string }
}

/** A regime, its rounds, and what stands in the way. Bodies of its tiers and measures of its form are named by their keys. */
export type DemoReporting = {
  ownerKey: string
  code: string
  definition: RegimeDefinition
  form: FormDefinition
  issuedOn: string
  rounds: DemoRound[]
  obstacles: DemoObstacle[]
}

type Parts = {
  ground: Ground
  calendars: readonly Calendar[]
  reporting: CountryReporting
  defaultFunction: string
}

/** As whom the steps of one load are taken. */
type Doing = Parts & { hands: Hands; owner: string }

/** Loads the regime of the demonstration, its rounds and obstacles, by the same commands as persons use. */
export async function loadDemoReporting(
  parts: Parts,
  { hands, reporting }: { hands: Hands; reporting: DemoReporting },
): Promise<void> {
  const doing: Doing = { ...parts, hands, owner: idOfKey(reporting.ownerKey) }
  const regimeId = await issueWhole(doing, reporting)
  for (const round of reporting.rounds) await loadRound(doing, regimeId, round)
  for (const obstacle of reporting.obstacles) await loadObstacle(doing, obstacle)
}

/** Runs as one of the two hands of a body. */
function by<T>(
  { ground, hands }: Doing,
  who: { hand: keyof Hands; agencyId: string; on: string },
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  return asBody({ ground }, { personId: hands[who.hand], agencyId: who.agencyId, on: who.on }, work)
}

async function issueWhole(doing: Doing, of: DemoReporting): Promise<string> {
  const { owner: agencyId } = doing
  const on = of.issuedOn
  const tiers = of.definition.tiers.map((tier) => ({
    ...tier,
    who: { ...tier.who, agencies: tier.who.agencies.map(idOfKey) },
  }))
  const definition = { ...of.definition, tiers }
  const regimeParts = { ...doing, ...doing.reporting }
  const id = await by(doing, { hand: 'writer', agencyId, on }, async (ctx) => {
    const begun = await draftRegime(ctx, { code: of.code, definition, effectiveFrom: on })
    await saveForm(ctx, begun.id, { definition: withMeasures(of.form), version: null })
    return begun.id
  })
  await by(doing, { hand: 'signer', agencyId, on }, async (ctx) => {
    await issueRegime(ctx, regimeParts, { id, version: 1 })
    await issueForm(ctx, id, 1)
  })
  return id
}

type Obligation = { id: string; agencyId: string; receiverId: string | null }
/** A report of a round as it is being loaded: begun with its first step, `number` of the newest sent. */
type Loaded = { obligation: Obligation; reportId: string | null; number: number }

async function loadRound(doing: Doing, regimeId: string, round: DemoRound): Promise<void> {
  const { owner: agencyId } = doing
  const opened = await by(doing, { hand: 'signer', agencyId, on: round.openedOn }, (ctx) =>
    openRound(ctx, { ...doing, ...doing.reporting }, { regimeId, period: round.period }),
  )
  const obligations = await by(doing, { hand: 'signer', agencyId, on: round.openedOn }, (ctx) =>
    ctx.db
      .selectFrom('reporting.obligation')
      .select(['id', 'agencyId', 'receiverId'])
      .where('roundId', '=', opened.id)
      .execute(),
  )
  const reports = round.reports.map(({ agencyKey, steps }) => {
    const obligation = obligations.find((one) => one.agencyId === idOfKey(agencyKey))
    if (obligation === undefined) throw new Error(`${agencyKey} owes nothing in ${round.period}`)
    return { steps, loaded: { obligation, reportId: null, number: 0 } as Loaded }
  })
  // Day by day; on one day those below come before those above.
  const inOrder = reports
    .flatMap(({ steps, loaded }) => steps.map((step) => ({ step, loaded })))
    .toSorted((one, other) => one.step.on.localeCompare(other.step.on))
  for (const { step, loaded } of inOrder) await takeStep(doing, loaded, step)
  if (round.lockedOn !== null)
    await by(doing, { hand: 'signer', agencyId, on: round.lockedOn }, (ctx) => lockRound(ctx, opened.id))
}

async function takeStep(doing: Doing, loaded: Loaded, step: DemoStep): Promise<void> {
  const { agencyId, receiverId } = loaded.obligation
  const { on } = step
  const above = { agencyId: receiverId ?? agencyId, on }
  const writer = { hand: 'writer', agencyId, on } as const
  switch (step.act) {
    case 'write':
      return by(doing, writer, async (ctx) => {
        loaded.reportId ??= (await beginReport(ctx, loaded.obligation.id)).id
        await writeSections(ctx, loaded.reportId, step.words)
      })
    case 'draw':
      await by(doing, writer, async (ctx) => {
        loaded.reportId ??= (await beginReport(ctx, loaded.obligation.id)).id
        await drawLines(ctx, loaded.reportId, { all: true, take: [], leave: [] })
      })
      return
    case 'send':
      loaded.number = await by(doing, { ...writer, hand: 'signer' }, (ctx) => send(ctx, doing, loaded, step))
      return
    case 'return':
      return by(doing, { ...above, hand: 'writer' }, async (ctx) => {
        const { id, number } = sentOf(loaded)
        for (const line of step.lines) await markLine(ctx, id, { number, ...line })
        await returnReport(ctx, id, { number, dueOn: step.dueOn, reason: null })
      })
    case 'accept':
      // Whoever signed it does not accept it.
      return by(doing, { ...above, hand: 'writer' }, (ctx) =>
        acceptReport(ctx, sentOf(loaded).id, { number: loaded.number, onlyClean: false }),
      )
    case 'approve':
      return by(doing, { ...above, hand: 'writer' }, (ctx) => approveReport(ctx, sentOf(loaded).id, loaded.number))
    case 'extend':
      return by(doing, { ...above, hand: 'signer' }, (ctx) =>
        extendObligation(ctx, loaded.obligation.id, { dueOn: step.dueOn, reason: step.reason, version: 1 }),
      )
  }
}

function sentOf({ reportId, number }: Loaded): { id: string; number: number } {
  if (reportId === null) throw notFound()
  return { id: reportId, number }
}

async function send(
  ctx: Context,
  { calendars, reporting }: Doing,
  loaded: Loaded,
  { isNil = false }: { isNil?: boolean },
): Promise<number> {
  const { id } = sentOf(loaded)
  const sections = await ctx.db
    .selectFrom('reporting.draftSection')
    .select(['section', 'version'])
    .where('reportId', '=', id)
    .execute()
  const versions = Object.fromEntries(sections.map(({ section, version }) => [section, version]))
  return (await submitReport(ctx, id, { versions, isNil, calendars, obstacles: reporting })).number
}

async function loadObstacle(doing: Doing, { agencyKey, on, answer, closing, ...said }: DemoObstacle): Promise<void> {
  const agencyId = idOfKey(agencyKey)
  const own = { hand: 'writer', agencyId } as const
  const id = await by(doing, { ...own, on }, async (ctx) => {
    const raised = await raiseObstacle(ctx, doing.reporting, { ...said, reportId: null })
    return raised.id
  })
  if (answer === undefined) return
  const { routedToId } = await by(doing, { ...own, on }, (ctx) =>
    ctx.db.selectFrom('reporting.obstacle').select('routedToId').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  await by(doing, { hand: 'signer', agencyId: routedToId, on: answer.on }, (ctx) =>
    answerObstacle(ctx, id, { words: answer.words, version: 1 }),
  )
  if (closing === undefined) return
  await by(doing, { ...own, on: closing.on }, (ctx) => closeObstacle(ctx, id, { words: closing.words, version: 2 }))
}
