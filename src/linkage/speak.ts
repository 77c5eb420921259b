import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { invalid, messageFolders, openCatalogue, readMessages, type Problem } from '#platform'
import type { Language } from '#platform/model'
import type { FileRead } from './read.ts'
import type { Progress } from './run.ts'

/** Where the command speaks; progress and words go to `err`, as `out` is a file. */
export type LinkageIo = { err: (text: string) => void; isTerminal: boolean }

/** Says a message of this module or the platform in one language. */
export type Say = (key: string, params?: Record<string, string | number>) => string

/** The words of one language. */
export function wordsOf(language: Language): Say {
  const source = path.join(import.meta.dirname, '..')
  const catalogue = openCatalogue(
    readMessages([...messageFolders(path.join(source, 'platform')), path.join(import.meta.dirname, 'messages')]),
  )
  return (key, params) => catalogue(language, key, params)
}

/** Reads a file of JSON. @throws invalid `linkage.json-unreadable`, `linkage.json-wrong` */
export function readJson<T>(file: string, schema: z.ZodType<T>): T {
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

/** Tells why nothing came of it, and of which file where it is about one. */
export function tellProblem({ code, params }: Problem, { err }: LinkageIo, say: Say): void {
  const about = params['about'] === undefined ? '' : `${params['about']}: `
  err(`\n${about}${say(code, params)}\n`)
}

/** Tells what was understood of a file. */
export function tellFile({ file, rows, broken, brokenLines, columns }: FileRead, io: LinkageIo, say: Say): void {
  const name = path.basename(file)
  io.err(`\n${say('linkage.file-read', { file: name, rows })}\n`)
  for (const column of columns) {
    const kind = say(`linkage.kind-${column.kind}`)
    io.err(`  ${column.heading}: ${column.of === 'self' ? kind : `${kind} (${say(`linkage.of-${column.of}`)})`}\n`)
  }
  if (broken > 0) io.err(`${say('linkage.rows-broken', { count: broken, lines: brokenLines.join(', ') })}\n`)
}

/** On a terminal a bar that is drawn over; elsewhere one line per stage. */
export function barOf({ err, isTerminal }: LinkageIo, say: Say): Progress {
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
