import { createReadStream } from 'node:fs'
import path from 'node:path'
import { inTransaction, invalid, type Actor, type Catalogue, type FileStore, type Ground } from '#platform'
import { importLimits, type OwnState } from '../model.ts'
import { beginImport } from './commands.ts'
import { getImport } from './queries.ts'
import { runImport } from './run.ts'

export type ImportCommand = {
  ground: Ground
  files: FileStore
  own: OwnState
  say: Catalogue
  /** The body in whose name the file is brought in. */
  actor: Actor
  file: string
  language: string
  out: (line: string) => void
}

/**
 * `mangnon recommendations import FILE`: reads the UN index's JSON export here and now, and says what became of it.
 * @returns the process's exit code: 0 whole, 1 with refused records, 2 not readable
 */
export async function runImportCommand(command: ImportCommand): Promise<number> {
  const { ground, files, own, actor, out } = command
  const doing = { actor, language: ground.language, requestId: `import:${path.basename(command.file)}` }
  const received = await files.receive(
    createReadStream(command.file, { highWaterMark: 256 * 1024 }),
    importLimits.exportBytes,
  )
  if (received.size === 0) throw invalid('platform.file-expected')
  const file = { ...received, name: path.basename(command.file), mediaType: 'application/json' }
  const id = await inTransaction(ground, doing, (ctx) =>
    beginImport(ctx, file, { source: 'uhri', options: { language: command.language }, isByHand: true }),
  )
  const begun = Date.now()
  let [told, readSeconds] = [begun, 0]
  await runImport(
    {
      isRead: () => (readSeconds = (Date.now() - begun) / 1000),
      inTransaction: (work) => inTransaction(ground, doing, (ctx) => work(ctx)),
      progress: async (done, total) => {
        if (Date.now() - told < 2000) return
        told = Date.now()
        out(JSON.stringify({ seconds: Math.round((told - begun) / 1000), done, total }))
        await Promise.resolve()
      },
    },
    { files, own, say: command.say },
    id,
  )
  const result = await inTransaction(ground, doing, (ctx) => getImport(ctx, id))
  out(JSON.stringify({ seconds: (Date.now() - begun) / 1000, readSeconds, ...result }))
  if (result.state !== 'done') return 2
  return result.refused > 0 ? 1 : 0
}
