import { Worker } from 'node:worker_threads'
import { newBench, perform, tellBench, type Ground, type Results, type Task } from './tasks.ts'

/** Does tasks, in threads of its own or in this one. */
export type Crew = {
  /** Results in the order of the tasks. `done` is called as each is finished. */
  run: <K extends Task['do']>(
    tasks: readonly Extract<Task, { do: K }>[],
    done: (count: number) => void,
  ) => Promise<Results[K][]>
  tell: (news: Partial<Ground>) => void
  close: () => Promise<void>
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
        results.push(perform(bench, task))
        done(index + 1)
        await new Promise((resolve) => setImmediate(resolve))
      }
      return results as never
    },
    tell: (news) => tellBench(bench, news),
    close: () => Promise.resolve(),
  }
}

/** What a thread is told, and what it answers. */
export type Order =
  | { kind: 'ground'; ground: Ground }
  | { kind: 'news'; news: Partial<Ground> }
  | { kind: 'task'; index: number; task: Task }
export type Answer = { index: number; result: Results[Task['do']] }

function together(ground: Ground, threads: number): Crew {
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./thread.ts', import.meta.url)))
  const send = (worker: Worker, order: Order) => worker.postMessage(order)
  for (const worker of workers) send(worker, { kind: 'ground', ground })
  return {
    run: (tasks, done) => spread(workers, tasks, send, done) as never,
    tell: (news) => workers.forEach((worker) => send(worker, { kind: 'news', news })),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

/** Gives each thread its next task as it answers the last. */
function spread(
  workers: readonly Worker[],
  tasks: readonly Task[],
  send: (worker: Worker, order: Order) => void,
  done: (count: number) => void,
): Promise<unknown[]> {
  const results: unknown[] = []
  let next = 0
  let finished = 0
  if (tasks.length === 0) return Promise.resolve(results)
  return new Promise((resolve, reject) => {
    const giveNext = (worker: Worker) => {
      const task = tasks[next]
      if (task) send(worker, { kind: 'task', index: next++, task })
    }
    const listeners = workers.map((worker) => ({
      worker,
      hear: ({ index, result }: Answer) => {
        results[index] = result
        done(++finished)
        giveNext(worker)
        if (finished === tasks.length) settle(() => resolve(results))
      },
      fail: (error: Error) => settle(() => reject(error)),
    }))
    const settle = (end: () => void) => {
      for (const { worker, hear, fail } of listeners) worker.off('message', hear).off('error', fail)
      end()
    }
    for (const { worker, hear, fail } of listeners) {
      worker.on('message', hear).on('error', fail)
      giveNext(worker)
    }
  })
}
