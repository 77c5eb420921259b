import { Readable } from 'node:stream'
import { inTransaction, writeCsv, type Actor, type Catalogue, type FileStore, type Ground } from '#platform'
import { importLimits, type OwnState } from '../model.ts'
import { sheetColumns, type SheetColumn } from '../reading/tables.ts'
import { beginImport } from './commands.ts'
import { runImport } from './run.ts'

export type SheetRow = Partial<Record<SheetColumn, string>>

/** Brings in rows of our own table that no file holds yet, in the way a file comes in, here and now. */
export async function importRows(
  parts: { ground: Ground; files: FileStore; own: OwnState; say: Catalogue; actor: Actor; name: string },
  rows: readonly SheetRow[],
): Promise<void> {
  const { ground, files, own, say, actor, name } = parts
  const doing = { actor, language: ground.language, requestId: `import:${name}` }
  const bytes = writeCsv({
    columns: sheetColumns.map((column) => ({ head: column, width: 10 })),
    rows: rows.map((row) => sheetColumns.map((column) => row[column] ?? '')),
  })
  const received = await files.receive(Readable.from([Buffer.from(bytes)]), importLimits.tableBytes)
  const file = { ...received, name, mediaType: 'text/csv' }
  const id = await inTransaction(ground, doing, (ctx) =>
    beginImport(ctx, file, { source: 'sheet', options: { language: ground.language }, isByHand: true }),
  )
  await runImport(
    { inTransaction: (work) => inTransaction(ground, doing, work), progress: () => Promise.resolve() },
    { files, own, say },
    id,
  )
}
