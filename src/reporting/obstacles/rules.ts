import type { AgencyLevel } from '#agencies/model'
import type { PlainDate } from '#platform/model'
import { addDays, movedDay } from '../regimes/days.ts'
import type { DaysOff, ObstacleLine, ObstacleRules, ObstacleTheme, ReportContent } from '../model.ts'
import type { SaidIn } from './model.ts'

/** A body as routing knows it. */
export type RoutedBody = { id: string; level: AgencyLevel; superiorId: string | null }

const order: readonly AgencyLevel[] = ['commune', 'district', 'province', 'central']
const rank = (level: AgencyLevel): number => order.indexOf(level)

/**
 * The body to which an obstacle goes: of those standing over the one that raises it the nearest at the level the theme can be
 * resolved at, or above; where one of the bodies right under it answers for the theme's field of work, that body.
 *
 * @param line superiors, the nearest first
 * @param experts bodies that answer for the theme's field of work
 * @returns undefined when nobody stands over it
 */
export function routeOf(
  theme: Pick<ObstacleTheme, 'level' | 'function'>,
  of: { raiserId: string; line: readonly RoutedBody[]; experts: readonly RoutedBody[] },
): string | undefined {
  const above = of.line.find(({ level }) => rank(level) >= rank(theme.level)) ?? of.line.at(-1)
  if (above === undefined || theme.function === null) return above?.id
  const expert = of.experts.find(
    ({ id, level, superiorId }) => level === above.level && superiorId === above.id && id !== of.raiserId,
  )
  return (expert ?? above).id
}

/** The last day to answer: so many working days after one. */
export function answerDay(from: PlainDate, workingDays: number, off: DaysOff): PlainDate {
  let day = from
  for (let left = workingDays; left > 0; left--) day = movedDay(addDays(day, 1), 'after', off)
  return day
}

/** The theme a form of reports means by one of its own; the last one where none is named so. */
export function themeNamed({ themes }: ObstacleRules, key: string): ObstacleTheme | undefined {
  return themes.find((theme) => theme.key === key || theme.formKeys?.includes(key)) ?? themes.at(-1)
}

/** What a body itself says in a report stands in its way; what it has from reports below was raised there. */
export function ownObstacles(content: ReportContent): { line: string; said: ObstacleLine }[] {
  return content.sections.flatMap(({ key, content: section }) =>
    section.kind === 'obstacles'
      ? section.lines
          .filter(({ text, origins }) => text.trim() !== '' && origins.length === 0)
          .map((said) => ({ line: `${key}/${said.key}`, said }))
      : [],
  )
}

/** Where a record is said once a line of a report says it: a line that was withdrawn is said again from this submission on. */
export function saidAgain(said: readonly SaidIn[], at: Omit<SaidIn, 'isWithdrawn'>): SaidIn[] {
  const known = said.find((one) => one.reportId === at.reportId && one.line === at.line)
  if (known !== undefined && !known.isWithdrawn) return [...said]
  return [...said.filter((one) => one !== known), { ...at, isWithdrawn: false }]
}
