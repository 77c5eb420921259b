import { readdirSync, readFileSync } from 'node:fs'

/** Seconds of processor since counting began: of the product's own process (and its threads), of its database server with all its parts. */
export type Spent = { product: number; database: number }

type Process = { pid: number; parent: number; name: string; ticks: number }

const ticksPerSecond = 100
const everyMs = 250

/**
 * Counts the processor time of all that runs below this process, by what it is; also of those that were killed meanwhile, up to the last look at them.
 * What a postmaster begins is told by its name, wherever it hangs after its starter was killed.
 */
export function countProcessor(): { spent: () => Spent; stop: () => void } {
  const first = new Map(look().map(({ pid, ticks }) => [pid, ticks]))
  const last = new Map<number, Process>()
  const again = () => {
    for (const one of look()) last.set(one.pid, one)
  }
  const timer = setInterval(again, everyMs)
  return {
    stop: () => clearInterval(timer),
    spent: () => {
      again()
      const sum = (isIt: (one: Process) => boolean) =>
        [...last.values()].filter(isIt).reduce((all, { pid, ticks }) => all + ticks - (first.get(pid) ?? 0), 0)
      return {
        product: sum(({ name }) => !name.startsWith('postgres')) / ticksPerSecond,
        database: sum(({ name }) => name.startsWith('postgres')) / ticksPerSecond,
      }
    },
  }
}

/** All processes below this one. */
function look(): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => findProcess(Number(name)) ?? [])
  const below = new Set([process.pid])
  for (let size = 0; size !== below.size;) {
    size = below.size
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid)
  }
  return all.filter(({ pid }) => pid !== process.pid && below.has(pid))
}

function findProcess(pid: number): Process | undefined {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch (fault) {
    // It ended between being listed and being looked at.
    if (fault instanceof Error && 'code' in fault && (fault.code === 'ENOENT' || fault.code === 'ESRCH'))
      return undefined
    throw fault
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    ...{ pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) },
    name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
  }
}
