import { Problem } from '#platform'
import type { Language } from '#platform/model'
import { readStretch, type CsvOutcome, type TakeRow } from './input/csv.ts'
import { joinOutcomes, readHead } from './input/csv-file.ts'
import { foldText, recogniseColumns } from './input/headings.ts'
import { readXlsx } from './input/xlsx.ts'
import type { LinkageKnowledge } from './knowledge.ts'
import { LinkageConfig, type ColumnConfig } from './model.ts'
import { csvCell, refusePlaces, writeWhole } from './output/write.ts'
import { isZip, naming, refuseRepeated, type FileRead } from './read.ts'
import { holdRegister } from './register/hold.ts'
import { findInRegister, type Match, type Register } from './register/register.ts'
import { barOf, readJson, tellFile, tellProblem, wordsOf, type LinkageIo, type Say } from './speak.ts'
import { LinkageModel } from './training/model.ts'

/** New records asked about against a whole register. */
export type AddRequest = {
  register: string
  added: string
  out: string
  config?: string
  model?: string
  modelOut?: string
  language: Language
}

/**
 * `mangnon linkage add`: finds for each new record those of the same child in a register, as the whole list with it would.
 * @returns 0 done, 2 the input or the configuration cannot be used, with a clear sentence
 */
export async function runAddCommand(request: AddRequest, knowledge: LinkageKnowledge, io: LinkageIo): Promise<0 | 2> {
  const say = wordsOf(request.language)
  try {
    await add(request, { knowledge, io, say })
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tellProblem(error, io, say)
    return 2
  }
}

type Around = { knowledge: LinkageKnowledge; io: LinkageIo; say: Say }

async function add(request: AddRequest, { knowledge, io, say }: Around): Promise<void> {
  refusePlaces([request.out, request.modelOut], [request.register, request.added, request.config, request.model])
  const config = request.config === undefined ? LinkageConfig.parse({}) : readJson(request.config, LinkageConfig)
  const model = request.model === undefined ? null : readJson(request.model, LinkageModel)
  const progress = barOf(io, say)
  const { register, file } = await holdRegister(request.register, { config, knowledge, model, progress })
  tellFile(file, io, say)
  const { guests, file: added } = await naming(request.added, () =>
    readGuests(request.added, { config, knowledge, columns: file.columns }),
  )
  tellFile(added, io, say)
  const found: { id: string; matches: Match[] }[] = []
  guests.forEach(({ id, cells }, at) => {
    found.push({ id, matches: findInRegister(register, cells) })
    progress('scoring', at + 1, guests.length)
  })
  progress('writing', 0, 1)
  if (request.modelOut !== undefined)
    await writeWhole(request.modelOut, [`${JSON.stringify(register.model, null, 2)}\n`])
  await writeWhole(request.out, pairsOf(found))
  progress('writing', 1, 1)
  tellFound(found, register, { io, say })
}

function tellFound(
  found: readonly { matches: Match[] }[],
  { records }: Register,
  { io, say }: Pick<Around, 'io' | 'say'>,
): void {
  const linked = found.filter(({ matches }) => matches.some((match) => match.isLinked)).length
  io.err(`${say('linkage.added', { records: found.length, register: records.count, linked })}\n`)
}

/** A new record: its id, and what stands in the columns of the register, in their order. */
type Guest = { id: string; cells: string[] }

type Options = { config: LinkageConfig; knowledge: LinkageKnowledge; columns: readonly ColumnConfig[] }

/**
 * Reads new records; their columns may stand in another order than the register's, and some may be missing. Columns that the
 * register does not have are not used.
 * @throws invalid `linkage.id-missing`, `linkage.repeated-id` and what the readers of the two formats throw
 */
async function readGuests(
  file: string,
  { config, knowledge, columns }: Options,
): Promise<{ guests: Guest[]; file: FileRead }> {
  const guests: Guest[] = []
  const decoder = new TextDecoder()
  let understood: ColumnConfig[] = []
  const begin = (headings: string[]): TakeRow => {
    const own = recogniseColumns(headings, config.columns, knowledge)
    const placeOf = columns.map((column) => own.findIndex((one) => isSameColumn(one, column, knowledge)))
    const idAt = own.findIndex((column) => column.kind === 'id')
    understood = own.map((column, at) => (at === idAt || placeOf.includes(at) ? column : { ...column, ...unused }))
    return (bytes, starts, ends) => {
      const cell = (at: number) => (at < 0 ? '' : decoder.decode(bytes.subarray(starts[at], ends[at])))
      guests.push({ id: idAt < 0 ? String(guests.length + 1) : cell(idAt), cells: placeOf.map(cell) })
    }
  }
  const outcome = isZip(file) ? await readXlsx(file, begin) : readText(file, begin)
  const met = new Set<string>()
  const examples = guests.flatMap(({ id }) => (met.size === met.add(id).size ? [id] : []))
  refuseRepeated({ repeated: examples.length, examples: examples.slice(0, 5) })
  return { guests, file: { ...outcome, file, columns: understood } }
}

const unused = { kind: 'ignored', of: 'self', part: 'full' } as const

function readText(file: string, begin: (headings: string[]) => TakeRow): CsvOutcome {
  const head = readHead(file)
  const { from, size, delimiter, headings } = head
  const stretch = { from, to: size, isExact: true, delimiter, columns: headings.length }
  return joinOutcomes(head, [readStretch(file, stretch, begin(headings))])
}

function isSameColumn(a: ColumnConfig, b: ColumnConfig, knowledge: LinkageKnowledge): boolean {
  if (a.kind === 'ignored' || a.kind !== b.kind || a.of !== b.of || a.part !== b.part) return false
  return a.kind === 'code' || a.kind === 'text'
    ? foldText(a.heading, knowledge) === foldText(b.heading, knowledge)
    : true
}

/** `left_id,right_id,weight,probability`: the register's record left, the new one right; the surest first. */
function* pairsOf(found: readonly { id: string; matches: readonly Match[] }[]): Iterable<string> {
  yield 'left_id,right_id,weight,probability\n'
  const rows = found.flatMap(({ id, matches }) => matches.map((match) => ({ id, match })))
  rows.sort((a, b) => b.match.weight - a.match.weight)
  for (const { id, match } of rows)
    yield `${csvCell(match.id)},${csvCell(id)},${match.weight.toFixed(4)},${probabilityText(match)}\n`
}

/** Six digits, never on the other side of the half that decides. */
function probabilityText({ probability, isLinked }: Match): string {
  return (isLinked ? Math.max(0.5, probability) : Math.min(0.499999, probability)).toFixed(6)
}
