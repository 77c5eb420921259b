import { z } from 'zod'
import type { DecimalSign } from '#indicators'
import { invalid, newId, readBookApart, type Context } from '#platform'
import type { OwedReport } from '../../model.ts'
import type { WorkbookParts } from '../commands.ts'
import { compareBook } from '../compare.ts'
import { digestOf, type Laid, type Layout } from '../layout.ts'
import { openSheets, type OpenBook, type OpenLine } from '../open.ts'
import { jointRound, knownOf, owedJointly, type JointRound } from './known.ts'
import type { JointBody, JointReading } from './model.ts'
import { jointMark, mostLines, type JointMade } from './write.ts'

const Made: z.ZodType<JointMade> = z.object({ roundId: z.uuid(), agencyId: z.uuid(), form: z.string() })

/** Of each sheet: the lines of all bodies, heads above them, and some room below. */
const limits = { rows: mostLines + 2_000, columns: 40, sheets: 70, keepsLines: true } as const

/** How many wrong cells are told one by one. */
const mostTold = 500

export type JointUpload = { bytes: Uint8Array; sign: DecimalSign | null; name: string }

/**
 * What a workbook of many bodies says for each of them; it lies ready to be handed to them, and nothing reaches them yet. What was looked at of the
 * round before and handed to nobody is forgotten.
 * @throws those of `openSheets`; notFound; invalid `reporting.joint-other-receiver`, `reporting.joint-other-round`, `reporting.workbook-other-form`
 */
export async function lookAtJoint(
  ctx: Context,
  roundId: string,
  { upload, parts }: { upload: JointUpload; parts: WorkbookParts },
): Promise<JointReading> {
  const round = await jointRound(ctx, roundId)
  const book = openSheets(await readBookApart(upload.bytes, limits), { mark: jointMark, made: Made })
  requireOf(ctx, book.made, round)
  await forgetLooked(ctx, roundId)
  const owed = new Map((await owedJointly(ctx, roundId)).map((one) => [one.obligationId, one]))
  const layout = { say: parts.say, language: ctx.language, taskNames: new Map<string, string>() }
  const all: JointReading = { bodies: [], findings: [], more: 0 }
  const told = (agencyName: string, found: Compared['findings']) => {
    const words = found.map(({ params, ...one }) => ({
      ...{ ...one, agencyName, title: parts.say(ctx.language, one.code, params) },
    }))
    const room = Math.max(0, mostTold - all.findings.length)
    all.findings.push(...words.slice(0, room))
    all.more += Math.max(0, words.length - room)
  }
  told('', compareBook({ lines: [], beyond: book.beyond }, { report: emptyLaid(round), layout, sign: null }).findings)
  for (const [obligationId, lines] of byBody(book)) {
    const of = owed.get(obligationId)
    const laid = of === undefined ? emptyLaid(round) : await knownOf(ctx, of, { ...parts, form: round.form })
    const found = changedIn(lines, { laid, layout, sign: upload.sign })
    if (found.cells === 0 && found.findings.length === 0) continue
    const agencyName = of?.agencyName ?? lines[0]?.row.cells[1] ?? ''
    told(agencyName, found.findings)
    const partId = of === undefined || found.cells === 0 ? null : await keepPart(ctx, { of, found, round, upload })
    const refusal = of === undefined ? parts.say(ctx.language, 'reporting.joint-closed') : null
    all.bodies.push({
      partId,
      agencyName,
      cells: found.cells,
      findings: found.findings.length,
      refusal,
    } satisfies JointBody)
  }
  await ctx.record(
    'reporting.joint-workbook-read',
    { kind: 'reporting.round', id: roundId, agencyId: ctx.actor.agencyId },
    { bodies: all.bodies.length, findings: all.findings.length + all.more },
  )
  return all
}

/** A workbook of another receiver, round or form is told apart, and refused. */
function requireOf(ctx: Context, made: JointMade, round: JointRound): void {
  if (made.agencyId !== ctx.actor.agencyId) throw invalid('reporting.joint-other-receiver')
  if (made.roundId !== round.id) throw invalid('reporting.joint-other-round')
  if (made.form !== digestOf(round.form)) throw invalid('reporting.workbook-other-form')
}

const emptyLaid = ({ form }: JointRound): Laid => ({ form, facts: [], sections: [], owed: { openLines: null } })

/** Lines by their obligation, each by its own name. */
function byBody({ lines }: OpenBook<JointMade>): Map<string, OpenLine[]> {
  const bodies = new Map<string, OpenLine[]>()
  for (const one of lines) {
    const at = one.line.indexOf(':')
    const obligationId = one.line.slice(0, at)
    const held = bodies.get(obligationId) ?? []
    held.push({ ...one, line: one.line.slice(at + 1) })
    bodies.set(obligationId, held)
  }
  return bodies
}

type Compared = ReturnType<typeof compareBook>
type Found = Pick<Compared, 'findings'> & { cells: number; lines: OpenLine[] }

/** Lines of one body in which something else was written than what they were handed out with. */
function changedIn(
  lines: OpenLine[],
  { laid, layout, sign }: { laid: Laid; layout: Layout; sign: DecimalSign | null },
): Found {
  const { changes, findings } = compareBook({ lines, beyond: [] }, { report: laid, layout, sign })
  const touched = new Set([...changes, ...findings].map(({ place }) => place.replace(/![A-Z]+(?=\d+$)/, '!')))
  return {
    findings,
    cells: changes.filter(({ kind }) => kind !== 'held').length,
    lines: lines.filter(({ sheet, row }) => touched.has(`${sheet}!${row.number}`)),
  }
}

async function keepPart(
  ctx: Context,
  { of, found, round, upload }: { of: OwedReport; found: Found; round: JointRound; upload: JointUpload },
): Promise<string> {
  const id = newId()
  await ctx.db
    .insertInto('reporting.workbookPart')
    .values({
      ...{ id, roundId: round.id, obligationId: of.obligationId, agencyId: of.agencyId },
      ...{ fromAgencyId: ctx.actor.agencyId ?? '', fileName: upload.name, form: digestOf(round.form) },
      ...{ decimalSign: upload.sign, cells: found.cells, lines: JSON.stringify(found.lines), state: 'looked' },
      ...{ madeBy: ctx.actor.personId, madeAt: ctx.now },
    })
    .execute()
  return id
}

async function forgetLooked(ctx: Context, roundId: string): Promise<void> {
  await ctx.db
    .deleteFrom('reporting.workbookPart')
    .where('roundId', '=', roundId)
    .where('fromAgencyId', '=', ctx.actor.agencyId)
    .where('madeBy', '=', ctx.actor.personId)
    .where('state', '=', 'looked')
    .execute()
}

/** How long what was looked at waits to be handed over. */
const waitsDays = 7

/** Forgets what was looked at and handed to nobody. To be called as the product itself. */
export async function forgetParts(ctx: Context): Promise<void> {
  const before = new Date(Date.parse(ctx.now) - waitsDays * 86_400_000).toISOString()
  await ctx.db.deleteFrom('reporting.workbookPart').where('state', '=', 'looked').where('madeAt', '<', before).execute()
}
