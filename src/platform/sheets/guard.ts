/** Signs with which a spreadsheet would begin a formula, after quotes that stand before them. @source security.md D3 */
const risky = /^'*[=+\-@\t\r＝＋－＠]/

/** Lays a quote before words that a spreadsheet would take for a formula; a figure below zero is one. */
export function guardCell(cell: string): string {
  return risky.test(cell) && !/^-\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell
}

/** Takes the quote away again. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && risky.test(cell) ? cell.slice(1) : cell
}
