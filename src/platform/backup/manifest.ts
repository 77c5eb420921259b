import { z } from 'zod'

/** The kind and version of the archive's layout; another layout gets another name. */
export const layout = 'mangnon-backup-1'

/** First entry: what the archive holds, told before it comes. */
export const Manifest = z.strictObject({
  layout: z.literal(layout),
  version: z.string(),
  madeAt: z.string(),
  country: z.string(),
  /** Version of the PostgreSQL it was made from, as `server_version_num`. */
  database: z.number(),
  migrations: z.array(z.strictObject({ number: z.number(), name: z.string(), checksum: z.string() })),
  tables: z.array(
    z.strictObject({
      schema: z.string(),
      name: z.string(),
      columns: z.array(z.string()),
      rows: z.number(),
      sum: z.string(),
    }),
  ),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string().nullable() })),
})
export type Manifest = z.infer<typeof Manifest>

/** Last entry: proves that the archive is whole. */
export const Seal = z.strictObject({
  /** SHA-256 of every byte of the archive before this entry. */
  sha256: z.string(),
  rows: z.number(),
  files: z.number(),
  /** Files that a row names and that were missing or damaged already when the backup was made, by their SHA-256. */
  gaps: z.array(z.string()),
})
export type Seal = z.infer<typeof Seal>

/** Small files of the data directory that belong to the data and not to the machine. */
export const keptOfHome: readonly string[] = ['demonstration-password']

export const entryOf = {
  manifest: 'manifest.json',
  seal: 'seal.json',
  rows: (table: { schema: string; name: string }, at: number) =>
    `tables/${table.schema}.${table.name}/${String(at).padStart(6, '0')}.copy`,
  file: (sha256: string) => `files/${sha256}`,
  home: (name: string) => `home/${name}`,
}
