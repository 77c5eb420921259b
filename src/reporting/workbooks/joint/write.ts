import { invalid, newId, type Context } from '#platform'
import type { OwedReport } from '../../model.ts'
import type { WorkbookParts } from '../commands.ts'
import { digestOf, layOut, wordsIn, type FillSheet, type Laid } from '../layout.ts'
import { about, periodWords, writeBook } from '../write.ts'
import { sheetsOf, type JointRound } from './known.ts'

export const jointMark = 'mangnon-reports-1'

/** What a workbook of many bodies was made from. */
export type JointMade = { roundId: string; agencyId: string; form: string }

/** Lines a workbook of many bodies holds: a spreadsheet of more opens slowly everywhere. */
export const mostLines = 40_000

export type KnownBody = { owed: OwedReport; laid: Laid }

/**
 * One workbook with the reports of many bodies: a sheet for each section, in it the lines of one body after another, the body before each line.
 * @throws invalid `reporting.joint-too-large`
 */
export function writeJoint(
  ctx: Context,
  { round, bodies, parts }: { round: JointRound; bodies: readonly KnownBody[]; parts: WorkbookParts },
): Promise<Uint8Array> {
  const { say } = parts
  const layout = { say, language: ctx.language, taskNames: new Map<string, string>() }
  const word = (key: string) => say(ctx.language, `reporting.workbook-${key}`)
  const sheets = together(round, bodies, { ...layout, prefix: `m${newId().slice(-8)}-`, body: word('body') })
  if (sheets.reduce((sum, { rows }) => sum + rows.length, 0) > mostLines)
    throw invalid('reporting.joint-too-large', { most: mostLines })
  const first = about({
    ...{ name: word('about'), title: wordsIn(round.form.title, ctx.language), how: word('how') },
    facts: [
      [word('regime'), wordsIn(round.regimeNames, ctx.language)],
      [word('period'), periodWords(round, ctx.language)],
      [word('bodies'), String(bodies.length)],
    ],
    rules: ['how-joint', 'how-fill', 'how-keep', 'how-new', 'how-numbers', 'how-papers'].map(word),
  })
  const made: JointMade = { roundId: round.id, agencyId: ctx.actor.agencyId ?? '', form: digestOf(round.form) }
  return writeBook({ about: first, mark: jointMark, made, sheets, wide: 34 }, layout)
}

/** The sheets of all bodies as one each; a line is known by its obligation and its own name. */
function together(
  { form }: JointRound,
  bodies: readonly KnownBody[],
  { body, ...layout }: Parameters<typeof sheetsOf>[1] & { body: string; taskNames: Map<string, string> },
): FillSheet[] {
  const all = bodies.map(({ owed, laid }) => ({ owed, sheets: sheetsOf(laid, layout) }))
  const empty = { form, facts: [], sections: [], owed: { openLines: null } }
  return layOut(empty, layout).map((sheet, at) => ({
    ...sheet,
    heads: [body, ...sheet.heads],
    rows: all.flatMap(({ owed, sheets }) =>
      (sheets[at]?.rows ?? []).map((row) => ({
        ...row,
        line: `${owed.obligationId}:${row.line}`,
        stands: [owed.agencyName, ...row.stands],
      })),
    ),
  }))
}
