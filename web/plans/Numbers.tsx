import { Link } from '@tanstack/react-router'
import type { FourNumbers as Numbers, Standing } from '#plans/model'
import { FigureNote } from '../kit/FigureNote.tsx'
import { FourNumbers } from '../kit/FourNumbers.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { standingOfCount, tasksTo, type TasksFilter } from './addresses.ts'
import styles from './Numbers.module.css'
import { countsOf } from './words.ts'

export interface WorkNumbersProps {
  numbers: Numbers
  /** What the list behind each number is narrowed to: a filter, or where a list as it is filtered goes for a standing. */
  of: TasksFilter | ((standing: Standing) => string)
  size?: 'full' | 'row'
}

/** The four numbers of work; each opens its list. Bodies that are asked, not ordered, stand apart. */
export function WorkNumbers({ numbers, of, size = 'full' }: WorkNumbersProps) {
  const counts = countsOf(numbers)
  const { requested } = numbers
  const isOnlyRequested = Object.values(counts).every((count) => count === 0) && requested.done + requested.open > 0
  return (
    <div className={styles.numbers}>
      {!isOnlyRequested && (
        <FourNumbers counts={counts} size={size} to={(state) => listTo(of, standingOfCount[state])} />
      )}
      <Requested numbers={numbers} of={of} />
      {size === 'full' && <FigureNote asOf={numbers.asOf} />}
    </div>
  )
}

function listTo(of: WorkNumbersProps['of'], standing: Standing): string {
  return typeof of === 'function' ? of(standing) : tasksTo({ ...of, standing })
}

function Requested({ numbers: { requested }, of }: Pick<WorkNumbersProps, 'numbers' | 'of'>) {
  const t = useText()
  const format = useFormat()
  if (requested.done + requested.open === 0) return null
  return (
    <p className={styles.requested}>
      {t('plans.requested-apart')}{' '}
      <Counted count={requested.done} to={listTo(of, 'requested-done')}>
        {t('plans.requested-done', { count: requested.done, number: format.number(requested.done) })}
      </Counted>
      {' · '}
      <Counted count={requested.open} to={listTo(of, 'requested-open')}>
        {t('plans.requested-open', { count: requested.open, number: format.number(requested.open) })}
      </Counted>
    </p>
  )
}

function Counted({ count, to, children }: { count: number; to: string; children: React.ReactNode }) {
  return count === 0 ? <span>{children}</span> : <Link to={to}>{children}</Link>
}
