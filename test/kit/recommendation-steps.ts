import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { messageFolders, openCatalogue, openFileStore, readMessages, writeCsv } from '#platform'
import { country } from '../../countries/testland/index.ts'
import { beginImport } from '../../src/recommendations/import/commands.ts'
import { runImport } from '../../src/recommendations/import/run.ts'
import { loadRecommendationLists } from '../../src/recommendations/load.ts'
import { RecommendationKind } from '../../src/recommendations/model.ts'
import { sheetColumns, type SheetColumn } from '../../src/recommendations/reading/tables.ts'
import type { PlanWorld, Who } from './plan-world.ts'

const kinds = RecommendationKind.options.map((kind) => `kind=${kind}`).join('&')

/**
 * Brings recommendations into a world of plans, as their keeper does with a table.
 * @returns their ids by paragraph
 */
export async function bringIn(
  world: PlanWorld,
  rows: Partial<Record<SheetColumn, string>>[],
  keeper: Who = 'ministry officer',
): Promise<Record<string, string>> {
  await loadRecommendationLists(world.land.owner, country.ownState, world.clock.now.toISOString().slice(0, 10))
  const folder = await mkdtemp(path.join(tmpdir(), 'mangnon-recs-'))
  const files = openFileStore(folder)
  const bytes = writeCsv({
    columns: sheetColumns.map((column) => ({ head: column, width: 10 })),
    rows: rows.map((row) => sheetColumns.map((column) => row[column] ?? '')),
  })
  const sha256 = await files.write(bytes)
  const as = <T>(work: Parameters<typeof world.as<T>>[1]) => world.as(keeper, work)
  const id = await as((ctx) =>
    beginImport(
      ctx,
      { sha256, size: bytes.byteLength, name: 'x.csv', mediaType: 'text/csv' },
      { source: 'sheet', options: { language: 'en' }, isByHand: true },
    ),
  )
  const say = openCatalogue(readMessages(messageFolders(path.resolve(import.meta.dirname, '../../src'))))
  const parts = { files, own: country.ownState, say }
  await runImport({ inTransaction: as, progress: () => Promise.resolve() }, parts, id)
  await rm(folder, { recursive: true })
  const { items } = await world.done(keeper, 'GET', `/recommendations?reach=all&size=200&${kinds}`)
  return Object.fromEntries(
    (items as { id: string; paragraph: string | null }[]).map((one) => [one.paragraph ?? '', one.id]),
  )
}
