import { Checkbox } from '@mantine/core'
import { linesChanged, type ReportDetail, type WorkbookChange } from '#reporting/model'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useLineWords, useNamed } from '../reports/words.ts'
import { placeWords } from './place.ts'
import styles from './Workbooks.module.css'

interface ChangedLinesProps {
  report: ReportDetail
  changes: readonly WorkbookChange[]
  /** The workbook was made without knowing the draft. */
  isHanded: boolean
  chosen: ReadonlySet<string>
  onChoose: (chosen: ReadonlySet<string>) => void
}

/** Lines a workbook would change, cell by cell, old and new; which to take is chosen by line. */
export function ChangedLines({ report, changes, isHanded, chosen, onChoose }: ChangedLinesProps) {
  const t = useText()
  const lineWords = useLineWords(report)
  const lines = linesChanged(changes).map((line) => ({ line, cells: changes.filter((one) => one.line === line) }))
  if (lines.length === 0) return <p>{t('workbooks.nothing')}</p>
  const open = lines.filter(({ cells }) => !isHeld(cells)).map(({ line }) => line)
  const toggle = (line: string) => {
    const next = new Set(chosen)
    if (!next.delete(line)) next.add(line)
    onChoose(next)
  }
  return (
    <>
      <h4 className={styles.head}>{t('workbooks.changed')}</h4>
      <Checkbox
        label={t('workbooks.choose-all', { count: open.length })}
        checked={open.length > 0 && open.every((line) => chosen.has(line))}
        indeterminate={chosen.size > 0 && !open.every((line) => chosen.has(line))}
        disabled={open.length === 0}
        onChange={(event) => onChoose(new Set(event.currentTarget.checked ? open : []))}
      />
      <ul className={styles.list}>
        {lines.map(({ line, cells }) => (
          <li key={line}>
            <Checkbox
              id={`line-${line}`}
              label={lineWords(line)}
              checked={chosen.has(line)}
              disabled={isHeld(cells)}
              onChange={() => toggle(line)}
            />
            {isHeld(cells) && (
              <p className={styles.wrong}>{t('workbooks.held', { by: isHanded ? 'another' : 'us' })}</p>
            )}
            {cells.map((cell) => (
              <CellChange key={cell.place} cell={cell} report={report} isHanded={isHanded} />
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}

const isHeld = (cells: readonly WorkbookChange[]) => cells.some(({ kind }) => kind === 'held')

function CellChange({ cell, report, isHanded }: { cell: WorkbookChange; report: ReportDetail; isHanded: boolean }) {
  const t = useText()
  const words = useCellWords(report, cell)
  return (
    <div className={styles.cell}>
      <p className={styles.quiet}>
        {t('workbooks.field-is', { field: cell.field })} · {placeWords(cell.place, t)}
        {cell.kind === 'conflict' && (
          <StatusBadge tone="soon">{t(isHanded ? 'workbooks.conflict-handed' : 'workbooks.conflict')}</StatusBadge>
        )}
      </p>
      <p className={styles.words}>
        {cell.now === '' ? <span className={styles.none}>{t('workbooks.empty')}</span> : <del>{words(cell.now)}</del>}
        <span aria-hidden> → </span>
        {cell.becomes === '' ? <strong>{t('workbooks.removed')}</strong> : <ins>{words(cell.becomes)}</ins>}
      </p>
      {cell.kind === 'conflict' && !isHanded && (
        <p className={styles.quiet}>
          {t('workbooks.was', { words: cell.was === '' ? t('workbooks.empty') : words(cell.was) })}
        </p>
      )}
    </div>
  )
}

/** What a cell says as a reader reads it: codes by their words, figures as figures. */
function useCellWords(report: ReportDetail, { line, field }: WorkbookChange): (said: string) => string {
  const t = useText()
  const format = useFormat()
  const named = useNamed()
  const section = report.form.sections.find(({ key }) => line.startsWith(`${key}/`))
  return (said) => {
    if (field === 'status') return t('indicators.status-is', { status: said })
    if (field === 'absence') return t('indicators.absence-is', { reason: said.replaceAll('-', '_') })
    if (field === 'theme' && section?.kind === 'obstacles') {
      const theme = section.themes.find(({ key }) => key === said)
      return theme ? named(theme.label) : said
    }
    if (field === 'numerator' || field === 'denominator') return format.exact(said)
    // Money is held to the last đồng, beyond what a number holds exactly.
    if (field === 'amount') return t('workbooks.amount', { amount: format.exact(said) })
    return said
  }
}
