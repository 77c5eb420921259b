import { newBench, perform, tellBench, type Ground, type Results, type Task } from './tasks.ts'
import { dismiss, hire, spread } from './pool.ts'
import type { Order } from './orders.ts'

/** Does tasks, in threads of its own or in this one. */
export type Crew = {
  /** Results in the order of the tasks. `done` is told how many are finished, which was, and its result; what it throws ends the work. */
  run: <K extends Task['do']>(
    tasks: readonly Extract<Task, { do: K }>[],
    done: (count: number, task: number, result: Results[K]) => void,
  ) => Promise<Results[K][]>
  tell: (news: Partial<Ground>) => void
  close: () => void
}

/** Below this many records threads take longer to start than the work takes. */
const fewestRecords = 30_000

/** A crew for this ground. @param threads how many are wanted; one, or few records, means this very thread */
export function openCrew(ground: Ground, threads: number): Crew {
  return threads < 2 || ground.records.count < fewestRecords ? alone(ground) : together(ground, threads)
}

function alone(ground: Ground): Crew {
  const bench = newBench(ground)
  return {
    run: async (tasks, done) => {
      const results = []
      for (const [index, task] of tasks.entries()) {
        const result = perform(bench, task)
        results.push(result)
        done(index + 1, index, result as never)
        await new Promise((resolve) => setImmediate(resolve))
      }
      return results as never
    },
    tell: (news) => tellBench(bench, news),
    close: () => undefined,
  }
}

function together(ground: Ground, threads: number): Crew {
  const workers = hire(threads)
  const tell = (order: Order) => workers.forEach((worker) => worker.postMessage(order))
  tell({ kind: 'ground', ground })
  return {
    run: (tasks, done) =>
      spread(
        workers,
        tasks.map((task) => ({ kind: 'task', task })),
        { done },
      ),
    tell: (news) => tell({ kind: 'news', news }),
    close: () => dismiss(workers),
  }
}
