import type { Finding } from '#indicators/model'
import type { Say } from '../../kit/catalogue.ts'
import type { SheetCellShown, SheetColumn } from '../../kit/sheet/rows.ts'
import { choice } from '../../plans/words.ts'
import { statuses } from '../words.ts'
import { columns, isOpen, type ColumnName, type EntryRow, type Judged, type Standing } from './rows.ts'

const absences = ['missing', 'not-applicable', 'not-yet-known'] as const
const standings: readonly Exclude<Standing, ''>[] = [...statuses, ...absences]

/** A row of figures as it is shown. */
export type Shown = {
  entry: EntryRow
  judged: Judged
  name: string
  detail: string | null
  isPart: boolean
  words: string | null
  /** What was found in the figure the server holds. */
  findings: readonly Finding[]
}

/** The id of the place that says what is wrong with a row. */
export const factsOf = ({ key }: EntryRow): string => `facts-${key.replaceAll(' ', '-')}`

/** The columns figures are written in. */
export function figureColumns(t: Say): SheetColumn<ColumnName>[] {
  return columns.map((name): SheetColumn<ColumnName> => {
    const title = t('indicators.column-is', { column: name })
    if (name === 'comment') return { name, title, kind: 'text', maxLength: 2_000 }
    if (name !== 'standing') return { name, title, kind: 'number', maxLength: 30 }
    const choices = standings.map((value) => ({
      value,
      label: t('indicators.standing-is', { standing: choice(value) }),
      key: value.length === 1 ? value : undefined,
    }))
    return { name, title, kind: 'choice', maxLength: 30, choices }
  })
}

/** What a status or reason is called in a list of choices, in small letters. */
export function standingsByWords(t: Say): ReadonlyMap<string, Standing> {
  return new Map(
    standings.map((standing) => [t('indicators.standing-is', { standing: choice(standing) }).toLowerCase(), standing]),
  )
}

interface CellOf {
  row: string
  column: ColumnName
  text: string
  /** What the numerator and the denominator are called, where they are. */
  called: { numerator: string | null; denominator: string | null }
  isOpen: boolean
  isFaulty: boolean
}

/** A cell of a row of figures. */
export function figureCell({ row, column, text, called, ...is }: CellOf, t: Say): SheetCellShown {
  const columnName =
    column === 'numerator' || column === 'denominator'
      ? (called[column] ?? t('indicators.value'))
      : t('indicators.column-is', { column })
  const words = column === 'standing' && text !== '' ? t('indicators.standing-short', { standing: choice(text) }) : text
  return { text, words, label: t('indicators.cell', { row, column: columnName }), ...is }
}

/** All cells of a row that is entered. */
export function cellsOf({ entry, judged, name }: Shown, t: Say): Record<ColumnName, SheetCellShown> {
  const cell = (column: ColumnName) =>
    figureCell(
      {
        ...{ row: name, column, text: judged.draft[column], called: entry.measure },
        isOpen: isOpen(entry, column),
        isFaulty: judged.fault !== null && column !== 'comment',
      },
      t,
    )
  return {
    ...{ numerator: cell('numerator'), denominator: cell('denominator') },
    ...{ standing: cell('standing'), comment: cell('comment') },
  }
}
