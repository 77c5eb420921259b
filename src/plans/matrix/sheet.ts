import { beginFile, type Catalogue } from '#platform'
import type { Language } from '#platform/model'
import { matrixColumns, type Matrix, type MatrixColumn, type WordCounts } from './content.ts'
import { limitWords } from './counts.ts'

const widths: Record<MatrixColumn, number> = {
  place: 20,
  text: 70,
  position: 20,
  terms: 36,
  done: 60,
  implementation: 36,
  assessment: 40,
}
/** A cell of a workbook holds a little more; what is cut says so by its last sign. */
const mostInCell = 32_000

/** A matrix as a workbook with the columns of the document, its groups in a column before them, and a sheet of counts. */
export async function matrixSheet(
  matrix: Matrix,
  frame: { say: Catalogue; language: Language; counts: WordCounts; limit: number | null },
): Promise<Uint8Array> {
  const { say, language, counts } = frame
  const number = new Intl.NumberFormat(language)
  const said = (key: string) => say(language, `plans.matrix-${key}`)
  const file = await beginFile('xlsx', {
    title: said('sheet'),
    language,
    columns: [
      { column: { key: matrix.groupBy, kind: 'text', width: 36 }, head: said(`group-${matrix.groupBy}`) },
      ...matrixColumns.map((key) => ({
        column: { key, kind: 'text' as const, width: widths[key] },
        head: matrix.heads[key],
      })),
    ],
    about: {
      title: said('count-title'),
      lines: [
        [said('count-file'), matrix.title],
        ...matrix.about.map((line) => ['', line] as const),
        [said('count-words'), limitWords(frame)],
        ['', said('count-how')],
        [said('count-head'), number.format(counts.head)],
        ...counts.sections.map(({ name, words }) => [name ?? '', number.format(words)] as const),
        [said('count-total'), number.format(counts.total)],
      ],
    },
  })
  for (const { name, rows } of matrix.sections)
    await file.add(rows.map(({ cells }) => [fitted(name ?? ''), ...matrixColumns.map((key) => fitted(cells[key]))]))
  return file.end()
}

function fitted(text: string): string {
  return text.length <= mostInCell ? text : `${text.slice(0, mostInCell)}…`
}
