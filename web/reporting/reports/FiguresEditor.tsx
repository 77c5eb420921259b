import { useState } from 'react'
import type { FigureLine, RowFacts } from '#reporting/model'
import { readAmounts, isRatio, usualStatus, type ColumnName, type Reading } from '../../indicators/entry/rows.ts'
import { figureCell, figureColumns, standingsByWords } from '../../indicators/entry/sheet.ts'
import { changeWords, periodWords, signs, valueWords } from '../../indicators/words.ts'
import { TextField } from '../../kit/fields.tsx'
import { forgetDraft, keepDraft, keptDraft } from '../../kit/kept-drafts.ts'
import { useSession } from '../../kit/session.tsx'
import type { SheetActs, SheetCellShown, SheetChange, SheetRow } from '../../kit/sheet/rows.ts'
import { Sheet } from '../../kit/sheet/Sheet.tsx'
import { SheetUndo } from '../../kit/sheet/SheetUndo.tsx'
import type { Rows } from '../../kit/sheet/steps.ts'
import { useSteps } from '../../kit/sheet/useSteps.ts'
import { useFormat, useText } from '../../kit/text.tsx'
import { emptyLine, isUnsaid, laid, lineOf, saidOf, type FigureRow, type Unread } from './figure-rows.ts'
import styles from './Reports.module.css'
import type { EditorProps } from './SectionEditor.tsx'

type Props = EditorProps<'figures'>

const keyOf = ({ line }: RowFacts): string => line.split('/')[1] ?? ''

/** Figures written as in the grid of indicators, by the same rules; beside each the period before and the target. */
export function FiguresEditor(props: Props) {
  const { shape, report, isOpen } = props
  const t = useText()
  const facts = report.facts.filter(({ line }) => line.startsWith(`${shape.key}/`))
  const { rows, acts, undo } = useFigures(props, facts)
  const writable = facts.some((fact) => fact.total === null && isOpen(keyOf(fact)))
  return (
    <div className={styles.fields} data-line={`${shape.key}/*`} tabIndex={-1}>
      {writable && (
        <>
          <p className={styles.quiet}>{t('reports.figures-help')}</p>
          <div className={`${styles.badges} screen-only`}>
            <SheetUndo of={undo} />
          </div>
        </>
      )}
      <Sheet
        caption={t('reports.figures-caption', { period: periodWords(report.owed.period, t) })}
        head={t('reports.figure')}
        columns={figureColumns(t)}
        facts={[
          { name: 'value', title: t('reports.value') },
          ...(shape.showsBefore ? [{ name: 'before', title: t('reports.before') }] : []),
          ...(shape.showsPlan ? [{ name: 'target', title: t('reports.target') }] : []),
        ]}
        rows={rows}
        acts={acts}
      />
    </div>
  )
}

/** What cannot be read as a number, kept in this browser until it is corrected: it is no part of what is saved. */
function useUnread(name: string) {
  const [unread, setUnread] = useState(() => JSON.parse(keptDraft(name) ?? '{}') as Record<string, Unread>)
  const keep = (rows: Rows<FigureRow>) => {
    const next = Object.fromEntries(
      Object.entries(rows).flatMap(([key, { numeratorTyped, denominatorTyped }]) =>
        numeratorTyped === undefined && denominatorTyped === undefined
          ? []
          : [[key, { numeratorTyped, denominatorTyped }]],
      ),
    )
    if (Object.keys(next).length > 0) keepDraft(name, JSON.stringify(next))
    else if (Object.keys(unread).length > 0) forgetDraft(name)
    setUnread(next)
  }
  return [unread, keep] as const
}

function useFigures({ value, change, shape, report, isOpen, findings }: Props, facts: readonly RowFacts[]) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const [unread, keepUnread] = useUnread(`reports.${report.id}.${shape.key}.unread`)
  const { period, periodFrom: from, periodTo: to } = report.owed
  const reading: Reading = {
    ...{ period: { id: period, calendar: '', frequency: 'year', from, to }, today },
    ...{ locale: format.locale, print: (one) => format.number(one, 4) },
  }
  const writing = { ...reading, usual: usualStatus(reading), named: standingsByWords(t) }
  const held = (key: string): FigureRow => ({
    ...(value.lines.find((one) => one.key === key) ?? emptyLine(key)),
    ...unread[key],
  })
  const rows: Rows<FigureRow> = Object.fromEntries(facts.map((fact) => [keyOf(fact), held(keyOf(fact))]))
  const set = (next: Rows<FigureRow>) => {
    keepUnread(next)
    const lines: FigureLine[] = value.lines.map((line) => {
      const row = next[line.key]
      return row === undefined ? line : lineOf(row)
    })
    const known = new Set(lines.map(({ key }) => key))
    const added = Object.values(next)
      .map(lineOf)
      .filter((line) => !known.has(line.key) && !isUnsaid(line))
    change({ ...value, lines: [...lines, ...added] })
  }
  const steps = useSteps(rows, set)
  const over = (changes: readonly SheetChange<ColumnName>[]) => (now: Rows<FigureRow>) =>
    changes.reduce((all, one) => {
      const row = all[one.key]
      return row === undefined ? all : { ...all, [one.key]: laid(row, one, writing) }
    }, now)
  const acts: SheetActs<ColumnName> = {
    change: (changes) => steps.change(over(changes)),
    type: (one) => steps.type(over([one])),
    ...{ commit: steps.commit, cancel: steps.cancel, undo: steps.undo, redo: steps.redo },
  }
  const shown = facts.map((fact): SheetRow<ColumnName> => {
    const key = keyOf(fact)
    const row = rows[key] ?? emptyLine(key)
    const said = saidOf(row, reading.print)
    const { total } = fact
    const read = total === null && !isUnsaidHere(said) ? readAmounts(said, fact, reading) : null
    const result = total === null ? (read?.value ?? null) : total.value
    const own = findings.filter(({ line }) => line === fact.line)
    const warnings = own.filter(({ kind }) => kind === 'warning')
    const faults = own.filter(({ kind }) => kind === 'fault')
    const fault = read?.fault ?? null
    const describedBy = `figure-${key}`
    const cell = (column: ColumnName): SheetCellShown =>
      figureCell(
        {
          ...{ row: fact.name, column, text: total === null ? said[column] : totalText(column, fact, reading.print) },
          called: { numerator: fact.numeratorName, denominator: fact.denominatorName },
          isOpen: total === null && isOpen(key) && (column !== 'denominator' || isRatio(fact)),
          isFaulty: fault !== null && column !== 'comment',
        },
        t,
      )
    const hasBelow = fault !== null || own.length > 0
    return {
      ...{ key, name: fact.name, detail: detailOf(fact), isPart: false, isChanged: false, line: fact.line },
      cells: {
        ...{ numerator: cell('numerator'), denominator: cell('denominator'), comment: cell('comment') },
        standing: total === null ? cell('standing') : { ...cell('standing'), words: coverWords(fact) },
      },
      facts: <Facts fact={fact} shape={shape} value={result} />,
      describedBy: hasBelow ? describedBy : undefined,
      below: hasBelow ? (
        <div id={describedBy}>
          {fault !== null && <p className={styles.fault}>{t(fault.code, fault.params)}</p>}
          {fault === null &&
            faults.map(({ code, title }) => (
              <p key={code} className={styles.fault}>
                {title}
              </p>
            ))}
          {warnings.map(({ code, title }) => (
            <p key={code} className={styles.warning}>
              {title}
            </p>
          ))}
          {warnings.length > 0 && (
            <TextField
              id={`explanation-${key}`}
              label={t('reports.explanation')}
              help={t('reports.explanation-help')}
              value={row.explanation}
              maxLength={2_000}
              disabled={!isOpen(key)}
              onChange={(explanation) => set({ ...rows, [key]: { ...row, explanation } })}
            />
          )}
        </div>
      ) : undefined,
    }
  })
  return { rows: shown, acts, undo: steps }

  function detailOf({ aggregation, numeratorName, denominatorName, unitOfMeasure }: RowFacts): string {
    return isRatio({ aggregation }) && numeratorName !== null && denominatorName !== null
      ? t('reports.ratio', { numerator: numeratorName, denominator: denominatorName, unit: unitOfMeasure })
      : unitOfMeasure
  }

  function coverWords({ total }: RowFacts): string {
    return t('reports.total-of', { reported: total?.made?.reported ?? 0, expected: total?.made?.expected ?? 0 })
  }
}

const isUnsaidHere = ({ numerator, denominator, standing }: ReturnType<typeof saidOf>): boolean =>
  numerator + denominator + standing === ''

/** What stands in the cells of a total, which nobody writes. */
function totalText(column: ColumnName, { total }: RowFacts, print: (value: number) => string): string {
  const amount = column === 'numerator' || column === 'denominator' ? (total?.[column] ?? null) : null
  return amount === null ? '' : print(amount)
}

/** What the row comes to, the period before and the target. */
function Facts({ fact, shape, value }: { fact: RowFacts; shape: Props['shape']; value: number | null }) {
  const format = useFormat()
  const before = fact.before?.value ?? null
  const change = value !== null && before !== null ? value - before : null
  return (
    <>
      <td role="gridcell" data-column="value" data-number>
        {value === null ? '–' : valueWords(value, format)}
      </td>
      {shape.showsBefore && (
        <td role="gridcell" data-column="before" data-number>
          {before === null ? '–' : valueWords(before, format)}
          {change !== null && <span className={styles.quiet}>{changeWords(change, format)}</span>}
        </td>
      )}
      {shape.showsPlan && (
        <td role="gridcell" data-column="target" data-number>
          {fact.target === null ? '–' : `${signOf(fact.target.comparator)}${valueWords(fact.target.value, format)}`}
          {fact.target !== null && <span className={styles.quiet}>{fact.target.year}</span>}
        </td>
      )}
    </>
  )
}

const signOf = (comparator: string): string => Object.entries(signs).find(([one]) => one === comparator)?.[1] ?? ''
