import { Drawer } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { DateText } from './format.ts'
import { coverageWords, FigureNote } from './FigureNote.tsx'
import { useFormat, useText } from './text.tsx'
import styles from './Provenance.module.css'

/** One contributor: what it is, what it gave, where it is. */
export interface Part {
  name: string
  value?: ReactNode
  to?: string
}

export interface Origin {
  /** What is explained: "Số trẻ em được hỗ trợ, Lâm Đồng". */
  name: string
  asOf?: DateText
  period?: string
  unit?: string
  coverage?: { reported: number; owed: number }
  parts?: readonly Part[]
  missing?: readonly Part[]
  late?: readonly Part[]
  /** Source document and the place in it. */
  source?: { document: string; place?: string; to?: string }
  /** Who entered or accepted it, and when (instant). */
  by?: { person: string; at: string }
}

/** A figure or paragraph that comes from elsewhere: quietly underlined, opens where from. */
export function Provenance({ origin, children }: { origin: Origin; children: ReactNode }) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={styles.from} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {children}
        <span className="sr-only">{t('kit.provenance-of', { name: origin.name })}</span>
      </button>
      <ProvenancePanel origin={origin} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}

export interface ProvenancePanelProps {
  origin: Origin
  isOpen: boolean
  onClose: () => void
}

/** The panel at the side: parts, missing, late, source document and place, who and when. */
function ProvenancePanel({ origin, isOpen, onClose }: ProvenancePanelProps) {
  const t = useText()
  const format = useFormat()
  const { source, by } = origin
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="28rem"
      title={t('kit.provenance')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <h3>{origin.name}</h3>
      <FigureNote period={origin.period} unit={origin.unit} asOf={origin.asOf} />
      {origin.coverage && <p className={styles.coverage}>{coverageWords(origin.coverage, t, format)}</p>}
      <Parts title={t('kit.provenance-parts')} parts={origin.parts} />
      <Parts title={t('kit.provenance-missing')} parts={origin.missing} />
      <Parts title={t('kit.provenance-late')} parts={origin.late} />
      {source && (
        <section className={styles.group}>
          <h4>{t('kit.provenance-source')}</h4>
          <p>{source.to ? <Link to={source.to}>{source.document}</Link> : source.document}</p>
          {source.place && <p className={styles.quiet}>{source.place}</p>}
        </section>
      )}
      {by && (
        <p className={styles.quiet}>{t('kit.provenance-by', { person: by.person, at: format.dateTime(by.at) })}</p>
      )}
    </Drawer>
  )
}

function Parts({ title, parts }: { title: string; parts: readonly Part[] | undefined }) {
  if (!parts || parts.length === 0) return null
  return (
    <section className={styles.group}>
      <h4>{title}</h4>
      <ul className={styles.parts}>
        {parts.map((part, index) => (
          <li key={`${index} ${part.name}`}>
            <span>{part.to ? <Link to={part.to}>{part.name}</Link> : part.name}</span>
            <span className={styles.value}>{part.value}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
