import type { ColumnTemplate, OfficialLayout, TaskColumns } from './layout.ts'
import type { DocumentTable, ReportedTask, TaskStanding } from './model.ts'
import { roman } from '../roman.ts'
import { endedWith } from './wording.ts'

interface Group<Task> {
  label: string | null
  title: string | null
  tasks: Task[]
}

interface RowMaker<Columns extends Record<string, ColumnTemplate>, Task> {
  columns: Columns
  /** Cells by column; `number` is the task's printed number or its place in the table. */
  cells: (task: Task, number: string) => Record<keyof Columns, string>
}

/** A table of tasks in groups. Groups get Roman numbers, tasks run on through the table, unless they have printed numbers. */
export function taskTable<Columns extends Record<string, ColumnTemplate>, Task extends { number: string | null }>(
  groups: Group<Task>[],
  { columns, cells }: RowMaker<Columns, Task>,
): DocumentTable {
  const names = Object.keys(columns)
  let count = 0
  return {
    columns: Object.values(columns).map((column) => ({ ...column })),
    groups: groups.map((group, index) => ({
      label: group.title === null ? null : (group.label ?? roman(index + 1)),
      title: group.title,
      rows: group.tasks.map((task) => {
        count += 1
        const row = cells(task, task.number ?? String(count))
        return names.map((name) => row[name] ?? '')
      }),
    })),
    total: null,
  }
}

/** The list of tasks with where each stands; what is not known is a blank. */
export function reportedTaskTable(
  groups: Group<ReportedTask>[],
  words: { columns: TaskColumns; standings: Record<TaskStanding, string> },
  layout: OfficialLayout,
): DocumentTable {
  const { blank } = layout.words
  return taskTable(groups, {
    columns: words.columns,
    cells: (task, number) => ({
      number,
      task: task.text || blank,
      lead: agencyLines(task.leads) || blank,
      due: task.due || blank,
      standing: task.standing === null ? blank : words.standings[task.standing],
      note: task.note ?? '',
    }),
  })
}

/** Agencies one a line; the mark between them as official tables have it. */
export function agencyLines(agencies: string[]): string {
  return agencies.map((agency, index) => endedWith(agency, index === agencies.length - 1 ? '' : ';')).join('\n')
}
