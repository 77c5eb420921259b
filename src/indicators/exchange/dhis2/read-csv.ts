import type { Readable } from 'node:stream'
import { invalid, streamCsv } from '#platform'
import { emptyHead, valueOf, type Batch, type Head } from './values.ts'

const positions = [
  ...['dataElement', 'period', 'orgUnit', 'categoryOptionCombo', 'attributeOptionCombo', 'value', 'storedBy'],
  ...['lastUpdated', 'comment', 'followUp', 'deleted'],
]

/** The names columns go by, of either generation and of the manual. */
const names = new Map<string, string>([
  ...positions.map((name): [string, string] => [name.toLowerCase(), name]),
  ...([
    ['de', 'dataElement'],
    ['ou', 'orgUnit'],
    ['catoptcombo', 'categoryOptionCombo'],
    ['attroptcombo', 'attributeOptionCombo'],
    ['timestamp', 'lastUpdated'],
    ['flwup', 'followUp'],
    ['dataset', 'dataSet'],
    ['created', 'created'],
  ] as const),
])

const limits = { rows: 2_000_000, columns: 60 }
const batchRows = 2000

/**
 * Reads data values from .csv: columns by their names, or by their places where no name is known. Columns of other names are
 * categories, as long as none holds the combination.
 * @param of.hasHeads whether the first row is said to hold names
 * @throws invalid as `streamCsv`; `indicators.file-empty`
 */
export async function* readCsvValues(
  bytes: Readable,
  of: { hasHeads: boolean; head: Partial<Head> },
): AsyncGenerator<Batch> {
  const head: Head = { ...emptyHead, ...of.head }
  let columns: readonly string[] | undefined
  let batch: Batch = { group: 0, head, values: [] }
  let index = 0
  for await (const { cells } of streamCsv(bytes, limits)) {
    if (columns === undefined) {
      const found = of.hasHeads ? headsOf(cells) : undefined
      columns = found ?? positions
      if (found !== undefined) continue
    }
    batch.values.push(valueOf(fieldsOf(columns, cells), index++, head))
    if (batch.values.length < batchRows) continue
    yield batch
    batch = { group: 0, head, values: [] }
  }
  if (columns === undefined) throw invalid('indicators.file-empty')
  yield batch
}

/** What the columns are, or undefined where the row holds no name that is known. */
function headsOf(cells: readonly string[]): string[] | undefined {
  const known = cells.map((cell) => names.get(cell.toLowerCase()))
  return known.includes('dataElement') || known.includes('value')
    ? cells.map((cell, at) => known[at] ?? `category ${cell}`)
    : undefined
}

function fieldsOf(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  const options: [string, string][] = []
  for (const [at, cell] of cells.entries()) {
    const column = columns[at]
    if (column === undefined || cell === '') continue
    if (column.startsWith('category ')) options.push([column.slice(9), cell])
    else fields[column] = cell
  }
  if (options.length > 0) fields.categoryOptionCombo ??= Object.fromEntries(options)
  return fields
}
