/** Every task of a report with how it stands, whether or not anything is said of it. Pure. */
import type { OfficialDocument } from '#documents'
import { Standing } from '#plans/model'
import type { TaskLine } from '../../model.ts'
import type { Frame, Printed } from './document.ts'
import { labelOf } from './labels.ts'

type Annex = OfficialDocument['annexes'][number]

const isSaid = ({ text }: TaskLine): boolean => text.trim() !== ''

/** The sentence that leads from the text to the annex: how many there are, late, without words. */
export function taskPointer(lines: readonly TaskLine[], { words }: Frame): string {
  return words.tasks.pointer({
    total: lines.length,
    overdue: lines.filter(({ standing }) => standing === 'overdue').length,
    unsaid: lines.filter((line) => !isSaid(line)).length,
  })
}

/** The tasks of all sections as one table; what nothing is said of stands in it too. */
export function taskAnnexes(of: Printed, frame: Frame): Annex[] {
  const { words, locale } = frame
  const sections = of.form.sections.flatMap((section) => {
    const said = of.content.sections.find(({ key }) => key === section.key)?.content
    const heading = labelOf(section.heading, locale)
    return said?.kind === 'tasks' && said.lines.length > 0 ? [{ heading, lines: said.lines }] : []
  })
  if (sections.length === 0) return []
  const standingOf = (standing: string) => {
    const known = Standing.safeParse(standing)
    return known.success ? words.tasks.standings[known.data] : words.tasks.unknown
  }
  return [
    {
      ...{ label: null, title: words.tasks.annex, landscape: true },
      blocks: [],
      table: {
        columns: Object.values(words.tasks.columns).map((column) => ({ ...column })),
        groups: sections.map(({ heading, lines }) => ({
          ...{ label: null, title: sections.length > 1 ? heading : null },
          rows: lines.map((line, at) => [
            String(at + 1),
            [
              line.title?.trim() || line.text.trim() || words.tasks.unnamed,
              of.sources.ofWords(heading, line.origins) ?? '',
            ]
              .join(' ')
              .trim(),
            standingOf(line.standing),
            isSaid(line) ? words.tasks.said : words.tasks.unsaid,
          ]),
        })),
        total: null,
      },
    },
  ]
}
