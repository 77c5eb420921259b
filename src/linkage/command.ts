import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { messageFolders, openCatalogue, Problem, readMessages, invalid } from '#platform'
import type { Language } from '#platform/model'
import { layRecords } from './input/records.ts'
import type { LinkageKnowledge } from './knowledge.ts'
import { LinkageConfig } from './model.ts'
import { groupsCsv, pairRows, pairsCsv } from './output/results.ts'
import { reportPieces } from './output/report.ts'
import { refuseUnwritable, writeWhole } from './output/write.ts'
import { readFiles, type FileRead } from './read.ts'
import { linkRecords, type Progress } from './run.ts'
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
  language: Language
}

/** Where the command speaks; progress and words go to `err`, as `out` is a file. */
export type LinkageIo = { err: (text: string) => void; isTerminal: boolean }

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
  try {
    await run(request, knowledge, io, say)
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    io.err(`\n${say(error.code, error.params)}\n`)
    return 2
  }
}

/** Says a message of this module or the platform in one language. */
export type Say = (key: string, params?: Record<string, string | number>) => string

function wordsOf(language: Language): Say {
  const source = path.join(import.meta.dirname, '..')
  const catalogue = openCatalogue(
    readMessages([...messageFolders(path.join(source, 'platform')), path.join(import.meta.dirname, 'messages')]),
  )
  return (key, params) => catalogue(language, key, params)
}

async function run(request: LinkageRequest, knowledge: LinkageKnowledge, io: LinkageIo, say: Say): Promise<void> {
  for (const file of [request.out, request.groups, request.report, request.modelOut])
    if (file !== undefined) refuseUnwritable(file)
  const config = request.config === undefined ? LinkageConfig.parse({}) : readJson(request.config, LinkageConfig)
  const model = request.model === undefined ? null : readJson(request.model, LinkageModel)
  const progress = barOf(io, say)
  const { reading, files } = await readFiles(request.files, {
    config,
    knowledge,
    progress: (done, total) => progress('reading', done, total),
  })
  for (const file of files) tellFile(file, io, say)
  const { records, books } = await layRecords(reading)
  if (books.names.temporary.size > 0)
    io.err(`${say('linkage.temporary-names', { count: books.names.temporary.size })}\n`)
  const outcome = await linkRecords(records, books, { config, model, progress })
  const rows = pairRows(records, books, outcome, config.leastProbability)
  progress('writing', 0, 1)
  if (request.groups !== undefined) writeWhole(request.groups, groupsCsv(records, books, outcome))
  if (request.modelOut !== undefined) writeWhole(request.modelOut, [`${JSON.stringify(outcome.model, null, 2)}\n`])
  if (request.report !== undefined)
    writeWhole(
      request.report,
      reportPieces({ records, books, outcome, rows, files, say, language: request.language, knowledge }),
    )
  writeWhole(request.out, pairsCsv(rows, books))
  progress('writing', 1, 1)
  const linked = rows.filter((row) => row.isLinked).length
  io.err(
    `${say('linkage.done', { records: records.count, pairs: rows.length, linked, groups: outcome.groups.groups })}\n` +
      `${say('linkage.expected', { precision: percent(outcome.expected.precision), recall: percent(outcome.expected.recall) })}\n`,
  )
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw invalid('linkage.json-unreadable', { file, reason: cause instanceof Error ? cause.message : '' })
  }
  const result = schema.safeParse(parsed)
  if (!result.success) throw invalid('linkage.json-wrong', { file, reason: z.prettifyError(result.error) })
  return result.data
}

function tellFile({ file, rows, broken, brokenLines, columns }: FileRead, io: LinkageIo, say: Say): void {
  const name = path.basename(file)
  io.err(`\n${say('linkage.file-read', { file: name, rows })}\n`)
  for (const column of columns) {
    const kind = say(`linkage.kind-${column.kind}`)
    io.err(`  ${column.heading}: ${column.of === 'self' ? kind : `${kind} (${say(`linkage.of-${column.of}`)})`}\n`)
  }
  if (broken > 0) io.err(`${say('linkage.rows-broken', { count: broken, lines: brokenLines.join(', ') })}\n`)
}

/** On a terminal a bar that is drawn over; elsewhere one line per stage. */
function barOf({ err, isTerminal }: LinkageIo, say: Say): Progress {
  let last = ''
  let told = 0
  return (stage, done, total) => {
    if (!isTerminal) {
      if (stage !== last) err(`${say(`linkage.stage-${stage}`)}\n`)
      last = stage
      return
    }
    const now = performance.now()
    if (stage === last && now - told < 100 && done < total) return
    told = now
    const share = total === 0 ? 1 : done / total
    const filled = Math.round(share * 30)
    err(
      `\r${stage === last ? '' : '\u001b[2K'}[${'█'.repeat(filled)}${'·'.repeat(30 - filled)}] ${say(`linkage.stage-${stage}`)}\u001b[K`,
    )
    if (stage === 'writing' && done === total) err('\n')
    last = stage
  }
}
