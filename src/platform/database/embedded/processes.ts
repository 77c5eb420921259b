import { readFileSync, readdirSync } from 'node:fs'

/** A process as the kernel shows it to everyone. */
export type Process = { pid: number; state: string; startedAt: string; command: string }

/** Undefined when there is no such process. A zombie has the state `Z`: dead, but not yet collected by its parent. */
export function findProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return { pid, state: fields[0] ?? '', startedAt: fields[19] ?? '', command }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw error
  }
}

/** The processes of one cluster that are alive: its postmaster, and every process that works for it. */
export function livingServerProcesses(cluster: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => findProcess(Number(name)))
    .filter((found) => found !== undefined)
    .filter((found) => found.state !== 'Z' && belongsTo(found, cluster))
}

/** Whether this is the process that holds the cluster, as opposed to one that works for it. */
export function isPostmaster(found: Process, cluster: string): boolean {
  return found.command.includes(`cluster_name=${cluster}`)
}

function belongsTo(found: Process, cluster: string): boolean {
  return found.command.startsWith(`postgres: ${cluster}: `) || isPostmaster(found, cluster)
}
