import type { ReactNode } from 'react'
import type { DateText } from './format.ts'
import { useFormat, useText } from './text.tsx'
import styles from './FigureNote.module.css'

export interface FigureNoteProps {
  period?: string
  unit?: string
  asOf?: DateText
  /** How many of those who owe a figure have given it. */
  coverage?: { reported: number; owed: number }
  source?: ReactNode
}

/** What every figure must say of itself, in one quiet line. */
export function FigureNote({ period, unit, asOf, coverage, source }: FigureNoteProps) {
  const t = useText()
  const format = useFormat()
  return (
    <ul className={styles.note}>
      {period && <li>{t('kit.note-period', { period })}</li>}
      {unit && <li>{t('kit.note-unit', { unit })}</li>}
      {asOf && <li>{t('kit.note-as-of', { date: format.date(asOf) })}</li>}
      {coverage && <li>{coverageWords(coverage, t, format)}</li>}
      {source && (
        <li>
          {t('kit.note-source')} {source}
        </li>
      )}
    </ul>
  )
}

/** `Đã có số của 30/34 (88,2%)`; nothing owed has no share. */
export function coverageWords(
  { reported, owed }: { reported: number; owed: number },
  t: ReturnType<typeof useText>,
  format: ReturnType<typeof useFormat>,
): string {
  const share = owed === 0 ? '–' : format.percent(reported / owed)
  return t('kit.note-coverage', { reported: format.number(reported), owed: format.number(owed), share })
}
