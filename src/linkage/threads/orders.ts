import type { CsvStretch, StretchOutcome } from '../input/csv.ts'
import type { FilePlan, RawTable } from '../input/raw.ts'
import type { Ground, Results, Task } from './tasks.ts'

/** What a thread is told: to read a stretch of a file; the ground of a linkage, news of it and tasks on it; or to forget. */
export type Order =
  | { kind: 'read'; file: string; stretch: CsvStretch; plan: FilePlan }
  | { kind: 'ground'; ground: Ground }
  | { kind: 'news'; news: Partial<Ground> }
  | { kind: 'task'; task: Task }
  | { kind: 'forget' }

/** A stretch as it was read. */
export type ReadPart = { table: RawTable; outcome: StretchOutcome }

/** What a thread answers to readings and tasks. */
export type Answer = { result: Results[Task['do']] | ReadPart }
