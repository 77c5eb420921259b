import { Problem } from '#platform'
import type { Language } from '#platform/model'
import { layRecords } from './input/records.ts'
import { fingerprintOf, openKept } from './kept.ts'
import type { LinkageKnowledge } from './knowledge.ts'
import { LinkageConfig } from './model.ts'
import { groupsCsv, pairRows, pairsCsv } from './output/results.ts'
import { reportPieces } from './output/report.ts'
import { refusePlaces, writeWhole } from './output/write.ts'
import { readFiles } from './read.ts'
import { linkRecords, type Outcome } from './run.ts'
import { barOf, readJson, tellFile, tellProblem, wordsOf, type LinkageIo, type Say } from './speak.ts'
import { LinkageModel } from './training/model.ts'

/** What was asked on the command line. One file is deduplicated, two are linked. */
export type LinkageRequest = {
  files: readonly string[]
  out: string
  config?: string
  groups?: string
  report?: string
  modelOut?: string
  model?: string
  /** Goes on with what an interrupted run of the same files and configuration left. */
  resume?: boolean
  language: Language
}

/**
 * `mangnon linkage dedupe|link`: reads, compares, writes what was asked for.
 * @returns 0 done, 2 the input or the configuration cannot be used, with a clear sentence
 */
export async function runLinkageCommand(
  request: LinkageRequest,
  knowledge: LinkageKnowledge,
  io: LinkageIo,
): Promise<0 | 2> {
  const say = wordsOf(request.language)
  const interrupted = () => {
    io.err(`\n${say('linkage.interrupted')}\n`)
    process.exit(130)
  }
  process.once('SIGINT', interrupted)
  try {
    await run(request, knowledge, io, say)
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tellProblem(error, io, say)
    return 2
  } finally {
    process.removeListener('SIGINT', interrupted)
  }
}

async function run(request: LinkageRequest, knowledge: LinkageKnowledge, io: LinkageIo, say: Say): Promise<void> {
  const { out, groups, report, modelOut } = request
  refusePlaces([out, groups, report, modelOut], [...request.files, request.config, request.model])
  const config = request.config === undefined ? LinkageConfig.parse({}) : readJson(request.config, LinkageConfig)
  const model = request.model === undefined ? null : readJson(request.model, LinkageModel)
  const progress = barOf(io, say)
  const kept = openKept(`${request.out}.work`, fingerprintOf(request.files, { config, model }), request.resume === true)
  if (request.resume === true)
    io.err(`${kept.parts === 0 ? say('linkage.nothing-kept') : say('linkage.resumed', { parts: kept.parts })}\n`)
  const { reading, files } = await readFiles(request.files, {
    config,
    knowledge,
    progress: (done, total) => progress('reading', done, total),
  })
  for (const file of files) tellFile(file, io, say)
  const { records, books } = await layRecords(reading)
  if (books.names.temporary.size > 0)
    io.err(`${say('linkage.temporary-names', { count: books.names.temporary.size })}\n`)
  const outcome = await linkRecords(records, books, { config, model, kept, progress })
  const rows = pairRows(records, books, outcome, config.leastProbability)
  progress('writing', 0, 1)
  if (request.groups !== undefined) await writeWhole(request.groups, groupsCsv(records, books, outcome))
  if (request.modelOut !== undefined)
    await writeWhole(request.modelOut, [`${JSON.stringify(outcome.model, null, 2)}\n`])
  if (request.report !== undefined)
    await writeWhole(
      request.report,
      reportPieces({ records, books, outcome, rows, files, say, language: request.language, knowledge }),
    )
  await writeWhole(request.out, pairsCsv(rows, books))
  progress('writing', 1, 1)
  kept.forget()
  tellOutcome(outcome, {
    records: records.count,
    pairs: rows.length,
    linked: rows.filter((row) => row.isLinked).length,
  })
    .map(([key, params]) => say(key, params))
    .forEach((sentence) => io.err(`${sentence}\n`))
}

/** What came of it, where pairs may be missed, and how many errors are expected. */
function tellOutcome(
  { groups, rules, expected }: Outcome,
  counts: { records: number; pairs: number; linked: number },
): [key: string, params: Record<string, number>][] {
  const cut = rules.reduce((sum, rule) => sum + rule.cut, 0)
  return [
    ['linkage.done', { ...counts, groups: groups.groups }],
    ...(cut > 0 ? [['linkage.blocks-cut', { count: cut }] satisfies [string, object]] : []),
    expected === null
      ? ['linkage.not-expected', {}]
      : ['linkage.expected', { precision: percent(expected.precision), recall: percent(expected.recall) }],
  ]
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10
}
