import { Standing } from '#plans/model'
import { LongTextField } from '../../kit/fields.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useText } from '../../kit/text.tsx'
import { choice, standingTones } from '../../plans/words.ts'
import styles from './Reports.module.css'
import type { EditorProps } from './SectionEditor.tsx'

/** Each task the body leads, as its plan has it today, with what came of it in words. */
export function TasksEditor({ value, change, shape, isOpen, findings }: EditorProps<'tasks'>) {
  const t = useText()
  if (value.lines.length === 0) return <p className={styles.quiet}>{t('reports.no-tasks')}</p>
  return (
    <ol className={styles.tasks}>
      {value.lines.map((line) => (
        <li key={line.key} data-line={`${shape.key}/${line.key}`}>
          <p className={styles.title}>{line.title}</p>
          <StandingBadge standing={line.standing} />
          <LongTextField
            id={`task-${line.key}`}
            label={t('reports.task-result')}
            rows={3}
            value={line.text}
            disabled={!isOpen(line.key)}
            maxLength={5_000}
            error={findings.find((one) => one.line === `${shape.key}/${line.key}`)?.title}
            onChange={(text) =>
              change({ ...value, lines: value.lines.map((one) => (one.key === line.key ? { ...one, text } : one)) })
            }
          />
        </li>
      ))}
    </ol>
  )
}

/** How a task stands, in the words of plans. */
export function StandingBadge({ standing }: { standing: string }) {
  const t = useText()
  const known = Standing.safeParse(standing)
  if (!known.success) return null
  return (
    <StatusBadge tone={standingTones[known.data]}>
      {t('plans.standing-is', { standing: choice(known.data) })}
    </StatusBadge>
  )
}
