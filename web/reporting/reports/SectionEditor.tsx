import type { DraftSection, Finding, ReportDetail, Section as Shape } from '#reporting/model'
import { FieldConflicts } from '../../kit/FieldConflicts.tsx'
import { SaveState } from '../../kit/SaveState.tsx'
import { Section } from '../../kit/Section.tsx'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { Attachments } from './Attachments.tsx'
import { FiguresEditor } from './FiguresEditor.tsx'
import { MoneyEditor } from './MoneyEditor.tsx'
import { NarrativeEditor } from './NarrativeEditor.tsx'
import { ObstaclesEditor } from './ObstaclesEditor.tsx'
import styles from './Reports.module.css'
import { TasksEditor } from './TasksEditor.tsx'
import { useSectionDraft, type Editable } from './useSectionDraft.ts'
import { useLineWords, useNamed } from './words.ts'

export interface EditorProps<K extends Editable['kind']> {
  value: Extract<Editable, { kind: K }>
  change: (value: Extract<Editable, { kind: K }>) => void
  shape: Extract<Shape, { kind: K }>
  report: ReportDetail
  findings: readonly Finding[]
  /** Whether a line may be changed: after a return only those returned. */
  isOpen: (line: string) => boolean
}

interface SectionEditorProps {
  report: ReportDetail
  shape: Shape
  section: DraftSection
  number: number
  /** Opened to be read and signed: nothing may be changed. */
  isRead: boolean
  findings: readonly Finding[]
}

/** One section being written: its guidance, what was asked to be corrected, its fields, how saving stands. */
export function SectionEditor({ report, shape, section, number, isRead, findings }: SectionEditorProps) {
  const t = useText()
  const named = useNamed()
  const toast = useToast()
  const lineWords = useLineWords(report)
  const draft = useSectionDraft(report.id, section, () => toast({ kind: 'note', text: t('reports.joined') }))
  const open = report.owed.openLines
  const isOpen = (line: string) =>
    !isRead && (open === null || open.includes(`${shape.key}/*`) || open.includes(`${shape.key}/${line}`))
  const reasons = (report.steps.find(({ kind }) => kind === 'returned')?.lines ?? []).filter(
    ({ line }) => open?.includes(line) === true && line.startsWith(`${shape.key}/`),
  )
  const guidance = named(shape.guidance)
  return (
    <Section
      title={t('reports.section-name', { number, heading: named(shape.heading) })}
      acts={<SaveState status={draft.status} onRetry={() => void draft.saveNow()} />}
    >
      {guidance !== '' && <p className={styles.guidance}>{guidance}</p>}
      {reasons.map(({ line, reason }) => (
        <p key={line} className={styles.returned}>
          {t('reports.returned-because', { line: lineWords(line), reason })}
        </p>
      ))}
      {draft.conflict && (
        <FieldConflicts
          merged={draft.conflict.merged}
          nameOf={() => named(shape.heading)}
          wordsOf={(_path, value) => wordsOf(value)}
          onSettle={draft.conflict.settle}
        />
      )}
      <Fields shape={shape} value={draft.value} change={draft.change} {...{ report, findings, isOpen }} />
    </Section>
  )
}

/** What stands in a field two people changed. */
function wordsOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return '–'
  return Object.entries(value)
    .filter(([name, one]) => !['key', 'origins', 'nodeId', 'obstacleId'].includes(name) && typeof one !== 'object')
    .map(([, one]) => String(one))
    .join(' · ')
}

type FieldsProps = Pick<EditorProps<'narrative'>, 'report' | 'findings' | 'isOpen'> & {
  shape: Shape
  value: Editable
  change: (value: Editable) => void
}

function Fields({ shape, value, ...rest }: FieldsProps) {
  if (shape.kind === 'narrative' && value.kind === 'narrative')
    return <NarrativeEditor shape={shape} value={value} {...rest} />
  if (shape.kind === 'tasks' && value.kind === 'tasks') return <TasksEditor shape={shape} value={value} {...rest} />
  if (shape.kind === 'figures' && value.kind === 'figures')
    return <FiguresEditor shape={shape} value={value} {...rest} />
  if (shape.kind === 'money' && value.kind === 'money') return <MoneyEditor shape={shape} value={value} {...rest} />
  if (shape.kind === 'obstacles' && value.kind === 'obstacles')
    return <ObstaclesEditor shape={shape} value={value} {...rest} />
  if (shape.kind === 'attachments' && value.kind === 'attachments')
    return <Attachments shape={shape} value={value} {...rest} />
  return null
}
