import { optionOf, sdmxCode, type ObservedTable } from './table.ts'

/** A cell: quoted where it must be; what a spreadsheet would run is told as text. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'number' || !/^[=+\-@\t\r]/.test(value) ? String(value) : `'${value}`
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Observations as SDMX-CSV 2.1: one row each, commas and points whatever the reader's language. @source interop-formats 3.6 */
export function writeSdmxCsv({ dimensions, rows }: ObservedTable, flow: string): Uint8Array {
  const heads = [
    ...[
      'STRUCTURE',
      'STRUCTURE_ID',
      'ACTION',
      'REF_AREA',
      'FREQ',
      'INDICATOR',
      ...dimensions.map(sdmxCode),
      'TIME_PERIOD',
    ],
    ...['OBS_VALUE', 'OBS_STATUS', 'NUMERATOR', 'DENOMINATOR', 'COMMENT_OBS'],
  ]
  const lines = rows.map((row) => [
    ...['dataflow', flow, 'R', row.area.code, row.frequency, sdmxCode(row.measure.code)],
    ...dimensions.map((dimension) => optionOf(row, dimension)),
    ...[row.time, row.value, row.status],
    ...(row.measure.aggregation === 'ratio' ? [row.numerator, row.denominator] : [null, null]),
    row.comment,
  ])
  return Buffer.from([heads, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join(''))
}
