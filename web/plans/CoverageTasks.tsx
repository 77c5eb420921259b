import { Link } from '@tanstack/react-router'
import type { Coverage } from '#plans/model'
import { DataTable, type Column } from '../kit/DataTable.tsx'
import { Empty } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { Section } from '../kit/Section.tsx'
import { useText } from '../kit/text.tsx'
import { nodeTo, plansTo } from './addresses.ts'
import listStyles from './Lists.module.css'
import { TaskDerivations } from './TaskDerivations.tsx'
import { withPath } from './words.ts'

type Task = Coverage['tasks'][number]

/** What the issued plans below did with each task: those nobody took stand first. */
export function CoverageTasks({ planId, coverage }: { planId: string; coverage: Coverage }) {
  const t = useText()
  const columns = useColumns(planId)
  const untaken = new Set(coverage.untaken.map((task) => task.nodeId))
  const table = (id: string, title: string, rows: Task[], empty?: string) => (
    <DataTable
      id={id}
      caption={title}
      columns={columns}
      rows={rows}
      rowId={(task) => task.nodeId}
      rowName={(task) => withPath(task.path, task.text).slice(0, 80)}
      rowTo={(task) => nodeTo(planId, task.nodeId)}
      empty={<Empty title={empty ?? t('kit.table-empty')} />}
    />
  )
  return (
    <>
      <Section title={t('plans.untaken')}>
        {table(
          'untaken',
          t('plans.untaken'),
          coverage.tasks.filter((task) => untaken.has(task.nodeId)),
          t('plans.untaken-none'),
        )}
      </Section>
      <Section title={t('plans.taken')}>
        {table(
          'taken',
          t('plans.taken'),
          coverage.tasks.filter((task) => !untaken.has(task.nodeId)),
          t('plans.taken-none'),
        )}
        <FigureNote
          asOf={coverage.asOf}
          unit={t('plans.unit-plan')}
          source={<Link to={plansTo({ parent: planId, state: 'issued' })}>{t('plans.issued-below')}</Link>}
        />
      </Section>
    </>
  )
}

const counted = [
  ['takenOver', 'taken-over'],
  ['adapted', 'adapted'],
  ['notApplicable', 'not-applicable'],
  ['undecided', 'undecided'],
] as const

function useColumns(planId: string): Column<Task>[] {
  const t = useText()
  return [
    {
      id: 'task',
      title: t('plans.task'),
      width: '30rem',
      cell: (task) => (
        <span className={listStyles.named}>
          <Link to={nodeTo(planId, task.nodeId)} className={listStyles.title}>
            {withPath(task.path, task.text)}
          </Link>
        </span>
      ),
    },
    ...counted.map(([of, decision]): Column<Task> => ({
      id: of,
      title: t('plans.decided', { of }),
      align: 'end',
      cell: (task) => <TaskDerivations planId={planId} task={task} decision={decision} count={task[of]} />,
    })),
  ]
}
