import { milestoneSoonDays } from '#plans/model'
import { dueOf } from '../kit/due.ts'
import { daysBetween, type DateText } from '../kit/format.ts'
import { useSession } from '../kit/session.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useText } from '../kit/text.tsx'

/** When a milestone not yet passed is to be, in words; one whose day is over is no overdue work. */
export function MilestoneDue({ dueOn }: { dueOn: DateText }) {
  const t = useText()
  const format = useFormat()
  const { today } = useSession()
  const days = daysBetween(today, dueOn)
  const isSoon = dueOf(dueOn, today, milestoneSoonDays) !== 'later'
  return (
    <StatusBadge tone={isSoon ? 'soon' : 'pending'}>
      {days < 0
        ? t('plans.milestone-over', { days: -days, date: format.date(dueOn) })
        : t('plans.milestone-in', { days, date: format.date(dueOn) })}
    </StatusBadge>
  )
}
