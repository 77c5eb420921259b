import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCatalogue } from './generate/catalogue.ts'
import { schemaText } from './generate/schema-text.ts'
import { tablesText } from './generate/tables-text.ts'

/** What is generated from a migrated database: path from the project's root, and text. */
export async function generatedFiles(url: string): Promise<{ path: string; text: string }[]> {
  const catalogue = await readCatalogue(url)
  return [
    { path: 'db/schema.sql', text: schemaText(catalogue) },
    { path: 'src/platform/database/tables.ts', text: tablesText(catalogue) },
  ]
}

/** Writes the files that differ. @returns their paths */
export async function writeGenerated(url: string, root: string): Promise<string[]> {
  const stale = await staleFiles(url, root)
  for (const file of stale) writeFileSync(join(root, file.path), file.text)
  return stale.map((file) => file.path)
}

/** The committed files that are not what the migrations give. */
export async function staleFiles(url: string, root: string): Promise<{ path: string; text: string }[]> {
  const files = await generatedFiles(url)
  return files.filter(({ path, text }) => {
    const at = join(root, path)
    return !existsSync(at) || readFileSync(at, 'utf8') !== text
  })
}
