import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { Zippable } from 'fflate'

const CORE = 'docProps/core.xml'
/** Parts that readers expect first. */
const FIRST = ['[Content_Types].xml', '_rels/.rels']
/** The earliest moment a zip entry can have, in whatever time zone the server is. */
const ZIP_EPOCH = new Date(1980, 0, 1)

/**
 * Packs the file anew so that the same document always has the same bytes: parts in a fixed order, no time of writing.
 * The times inside are the document's own date; a document without a full date has none.
 */
export function repack(file: Uint8Array, date: string | null): Uint8Array {
  const parts = unzipSync(file)
  const names = [
    ...FIRST,
    ...Object.keys(parts)
      .filter((name) => !FIRST.includes(name))
      .sort(),
  ]
  const ordered: Zippable = {}
  for (const name of names) {
    const part = parts[name]
    if (part === undefined) throw new Error(`documents: the file has no part ${name}`)
    ordered[name] = name === CORE ? strToU8(dated(strFromU8(part), date)) : part
  }
  return zipSync(ordered, { level: 6, mtime: ZIP_EPOCH, os: 0 })
}

function dated(core: string, date: string | null): string {
  const isDay = date !== null && date.length === 10
  return core.replace(
    /<dcterms:(created|modified)([^>]*)>[^<]*<\/dcterms:\1>/g,
    (_, name: string, attributes: string) =>
      isDay ? `<dcterms:${name}${attributes}>${date}T00:00:00Z</dcterms:${name}>` : '',
  )
}
