import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './node24.mjs'

const turn = path.join(root, '.mangnon-preparing')

/**
 * Lets one process at a time install and build in a checkout; another waits. Whoever was killed loses the turn, unless
 * the npm it had started still works.
 *
 * @param {(keep: (pid: number) => void) => Promise<void>} work `keep` names a child that holds the turn too
 */
export async function inTurn(work) {
  if (!(await take())) return work(() => undefined)
  const pids = [process.pid]
  try {
    await work((pid) => {
      pids.push(pid)
      writeFileSync(turn, describe(pids))
    })
  } finally {
    rmSync(turn, { force: true })
  }
}

/** False where the checkout cannot be written to: then there is nothing to install either. */
async function take() {
  const own = `${turn}.${process.pid}`
  try {
    writeFileSync(own, describe([process.pid]))
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') return false
    throw error
  }
  try {
    for (let told = false; !tryLink(own); told = true) {
      if (!holders().some(isAlive)) rmSync(turn, { force: true })
      else {
        if (!told)
          console.log(
            'Một tiến trình khác đang chuẩn bị; đang đợi…\nAnother process is preparing this checkout; waiting…',
          )
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    }
    return true
  } finally {
    rmSync(own, { force: true })
  }
}

function tryLink(own) {
  try {
    linkSync(own, turn)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function describe(pids) {
  return JSON.stringify(pids.map((pid) => ({ pid, startedAt: startOf(pid) })))
}

function holders() {
  try {
    return JSON.parse(readFileSync(turn, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return [] // given back, or being written
    throw error
  }
}

function isAlive({ pid, startedAt }) {
  return startedAt !== undefined && startOf(pid) === startedAt
}

/** Kernel ticks at which a process began; undefined when it is gone or dead. */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  }
}
