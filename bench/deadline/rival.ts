import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runHour, type Timed, type Writer } from './hour.ts'
import { openSender } from './sender.ts'
import { toldOf, type Told } from './tell.ts'

const port = 18_431

/** The same writers, as often, against the small service beside which this product is measured, in the same database server. */
export async function runRival(
  connection: string,
  of: { writers: readonly Writer[]; seconds: number; everyMs: number },
): Promise<Told> {
  const service = spawn(process.execPath, [path.join(import.meta.dirname, 'naive.ts'), connection, String(port)], {
    stdio: 'inherit',
  })
  const ended = once(service, 'exit')
  const sender = openSender(`http://127.0.0.1:${port}`, 256)
  try {
    for (let turn = 0; turn < 100 && !(await listens()); turn++) await sleep(100)
    const timed: Timed[] = []
    // The rival keeps nothing of what was: its clients begin anew.
    const writers = of.writers.map((writer) => ({
      ...writer,
      report: { ...writer.report, versions: new Map<string, number>(), said: new Map<string, string>() },
    }))
    const begun = performance.now()
    await runHour(sender, { ...of, writers, signers: [], burst: null, timed: (one) => timed.push(one) })
    return toldOf(timed, (performance.now() - begun) / 1000)
  } finally {
    sender.close()
    service.kill()
    await ended
  }
}

async function listens(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  )
}
