import { useState, type KeyboardEvent } from 'react'
import { valueFault } from '#indicators/model'
import type { FigureLine, Finding, RowFacts } from '#reporting/model'
import { readNumber } from '../../indicators/entry/numbers.ts'
import { changeWords, periodWords, signs, statuses, valueWords } from '../../indicators/words.ts'
import { TextField } from '../../kit/fields.tsx'
import { useSession } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { choice } from '../../plans/words.ts'
import styles from './Reports.module.css'
import type { EditorProps } from './SectionEditor.tsx'

const absences = ['missing', 'not-applicable', 'not-yet-known'] as const
type Column = 'numerator' | 'denominator' | 'standing'

/** Figures in a grid: Enter and the arrows go down and up a column; beside each the period before and the target. */
export function FiguresEditor({ value, change, shape, report, isOpen, findings }: EditorProps<'figures'>) {
  const t = useText()
  const facts = report.facts.filter(({ line }) => line.startsWith(`${shape.key}/`))
  const lineOf = (key: string) => value.lines.find((one) => one.key === key) ?? emptyLine(key)
  const set = (next: FigureLine) => {
    const isKnown = value.lines.some(({ key }) => key === next.key)
    const lines = isKnown ? value.lines.map((one) => (one.key === next.key ? next : one)) : [...value.lines, next]
    change({ ...value, lines })
  }
  return (
    <div
      className={styles.scroll}
      role="region"
      aria-label={t('reports.figures')}
      tabIndex={0}
      data-line={`${shape.key}/*`}
    >
      <table className={styles.grid}>
        <caption className="sr-only">
          {t('reports.figures-caption', { period: periodWords(report.owed.period, t) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.figure')}</th>
            <th scope="col">{t('reports.standing')}</th>
            <th scope="col">{t('reports.numerator')}</th>
            <th scope="col">{t('reports.denominator')}</th>
            <th scope="col">{t('reports.value')}</th>
            {shape.showsBefore && <th scope="col">{t('reports.before')}</th>}
            {shape.showsPlan && <th scope="col">{t('reports.target')}</th>}
          </tr>
        </thead>
        <tbody>
          {facts.map((fact) => {
            const key = fact.line.split('/')[1] ?? ''
            return (
              <FigureRow
                key={fact.line}
                fact={fact}
                line={lineOf(key)}
                isOpen={isOpen(key)}
                set={set}
                shape={shape}
                period={report.owed}
                findings={findings.filter(({ line }) => line === fact.line)}
              />
            )
          })}
        </tbody>
      </table>
      <p className={styles.quiet}>{t('reports.figures-help')}</p>
    </div>
  )
}

const emptyLine = (key: string): FigureLine => ({
  ...{
    key,
    mode: 'typed',
    status: null,
    numerator: null,
    denominator: null,
    absence: null,
    comment: '',
    explanation: '',
  },
})

interface RowProps {
  fact: RowFacts
  line: FigureLine
  isOpen: boolean
  set: (line: FigureLine) => void
  shape: EditorProps<'figures'>['shape']
  period: { period: string; periodFrom: string; periodTo: string }
  findings: readonly Finding[]
}

function FigureRow({ fact, line, isOpen, set, shape, period, findings }: RowProps) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const { aggregation, isShare, factor } = fact
  const isRatio = aggregation === 'ratio' || aggregation === 'weighted'
  const total = fact.total
  const value = total === null ? valueOf(line) : total.value
  const fault =
    line.status === null && line.absence === null && line.numerator === null
      ? null
      : valueFault(line, {
          measure: { aggregation, isShare },
          period: { id: period.period, calendar: '', frequency: 'year', from: period.periodFrom, to: period.periodTo },
          today,
        })
  const warnings = findings.filter(({ kind }) => kind === 'warning')
  const faults = findings.filter(({ kind }) => kind === 'fault')
  const usual = period.periodTo > today ? 'E' : 'A'
  const number = (column: 'numerator' | 'denominator') => (next: number | null) =>
    set({
      ...line,
      [column]: next,
      ...(column === 'numerator' && next !== null ? { status: line.status ?? usual, absence: null } : {}),
      ...(column === 'numerator' && next === null && line.absence === null ? { status: null } : {}),
    })
  const standing = line.status ?? line.absence ?? ''
  const cell = (column: Column) => ({
    'data-cell': `${column}`,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => move(event, column),
  })
  const before = fact.before?.value ?? null
  const change = value !== null && before !== null ? value - before : null
  return (
    <>
      <tr data-line={fact.line}>
        <th scope="row">
          {fact.name}
          <span className={styles.quiet}>
            {isRatio && fact.numeratorName !== null && fact.denominatorName !== null
              ? t('reports.ratio', {
                  numerator: fact.numeratorName,
                  denominator: fact.denominatorName,
                  unit: fact.unitOfMeasure,
                })
              : fact.unitOfMeasure}
          </span>
        </th>
        {total === null ? (
          <>
            <td>
              <select
                aria-label={t('reports.cell', { row: fact.name, column: t('reports.standing') })}
                className={styles.input}
                disabled={!isOpen}
                value={standing}
                {...cell('standing')}
                onChange={(event) => set(withStanding(line, event.currentTarget.value))}
              >
                <option value="">{t('reports.standing-none')}</option>
                {[...statuses, ...absences].map((one) => (
                  <option key={one} value={one}>
                    {t('indicators.standing-is', { standing: choice(one) })}
                  </option>
                ))}
              </select>
            </td>
            <td>
              <NumberCell
                label={t('reports.cell', { row: fact.name, column: fact.numeratorName ?? t('reports.value') })}
                value={line.numerator}
                disabled={!isOpen || line.absence !== null}
                onChange={number('numerator')}
                {...cell('numerator')}
              />
            </td>
            <td>
              {isRatio && (
                <NumberCell
                  label={t('reports.cell', {
                    row: fact.name,
                    column: fact.denominatorName ?? t('reports.denominator'),
                  })}
                  value={line.denominator}
                  disabled={!isOpen || line.absence !== null}
                  onChange={number('denominator')}
                  {...cell('denominator')}
                />
              )}
            </td>
          </>
        ) : (
          <>
            <td>
              {t('reports.total-of', { reported: total.made?.reported ?? 0, expected: total.made?.expected ?? 0 })}
            </td>
            <td data-number>{total.numerator === null ? '–' : format.number(total.numerator, 2)}</td>
            <td data-number>{total.denominator === null ? '' : format.number(total.denominator, 2)}</td>
          </>
        )}
        <td data-number>{value === null ? '–' : valueWords(value, format)}</td>
        {shape.showsBefore && (
          <td data-number>
            {before === null ? '–' : valueWords(before, format)}
            {change !== null && <span className={styles.quiet}>{changeWords(change, format)}</span>}
          </td>
        )}
        {shape.showsPlan && (
          <td data-number>
            {fact.target === null ? '–' : `${signOf(fact.target.comparator)}${valueWords(fact.target.value, format)}`}
            {fact.target !== null && <span className={styles.quiet}>{fact.target.year}</span>}
          </td>
        )}
      </tr>
      {(fault !== null || warnings.length > 0 || faults.length > 0) && (
        <tr className={styles.below}>
          <td colSpan={5 + (shape.showsBefore ? 1 : 0) + (shape.showsPlan ? 1 : 0)}>
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
                id={`explanation-${line.key}`}
                label={t('reports.explanation')}
                help={t('reports.explanation-help')}
                value={line.explanation}
                maxLength={2_000}
                disabled={!isOpen}
                onChange={(explanation) => set({ ...line, explanation })}
              />
            )}
          </td>
        </tr>
      )}
    </>
  )

  function valueOf({ numerator, denominator }: FigureLine): number | null {
    if (numerator === null) return null
    if (aggregation !== 'ratio') return numerator
    return denominator === null || denominator === 0 ? null : (numerator / denominator) * factor
  }
}

const signOf = (comparator: string): string => Object.entries(signs).find(([one]) => one === comparator)?.[1] ?? ''

/** A status keeps the figure; a reason why there is none takes it off. */
function withStanding(line: FigureLine, standing: string): FigureLine {
  const status = statuses.find((one) => one === standing) ?? null
  const absence = absences.find((one) => one === standing) ?? null
  if (absence !== null) return { ...line, status: null, numerator: null, denominator: null, absence }
  return { ...line, status, absence: null }
}

/** Enter and the arrows go to the same column of the next or previous row. */
function move(event: KeyboardEvent<HTMLElement>, column: Column): void {
  const isSelect = event.currentTarget instanceof HTMLSelectElement
  const down =
    event.key === 'Enter' ? (event.shiftKey ? -1 : 1) : event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (down === 0 || (isSelect && event.key !== 'Enter')) return
  event.preventDefault()
  const cells = [
    ...(event.currentTarget.closest('table')?.querySelectorAll<HTMLElement>(`[data-cell="${column}"]`) ?? []),
  ]
  const next = cells[cells.indexOf(event.currentTarget) + down]
  next?.focus()
  if (next instanceof HTMLInputElement) next.select()
}

interface NumberCellProps {
  label: string
  value: number | null
  disabled: boolean
  onChange: (value: number | null) => void
  'data-cell': string
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/** A number as it is typed: kept as text until it can be read, and said where it cannot. */
function NumberCell({ label, value, disabled, onChange, ...rest }: NumberCellProps) {
  const t = useText()
  const format = useFormat()
  const shown = value === null ? '' : format.number(value, 4)
  const [typed, setTyped] = useState<string>()
  const isUnread = typed !== undefined && readNumber(typed, format.locale) === undefined
  return (
    <>
      <input
        {...rest}
        type="text"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isUnread || undefined}
        className={styles.input}
        data-number
        disabled={disabled}
        maxLength={30}
        value={typed ?? shown}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          const read = readNumber(text, format.locale)
          if (read !== undefined) onChange(read)
        }}
        onBlur={() => {
          if (!isUnread) setTyped(undefined)
        }}
      />
      {isUnread && <span className={styles.fault}>{t('reports.no-number')}</span>}
    </>
  )
}
