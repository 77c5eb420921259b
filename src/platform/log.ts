import { existsSync, renameSync, statSync } from 'node:fs'
import { pino, type Logger } from 'pino'

/** How large the log grows before it is put aside, and how many put aside are kept: `mangnon.log.1` is the youngest. */
export type LogRoom = { maxBytes: number; kept: number }

const usual: LogRoom = { maxBytes: 10 * 1024 * 1024, kept: 5 }

/** Opens the log of this process, one JSON object per line, readable by its owner only; it never fills the disk. */
export function openLog(file: string, level: string, room: LogRoom = usual): Logger {
  const out = pino.destination({ dest: file, mkdir: true, sync: false, mode: 0o600 })
  let bytes = existsSync(file) ? statSync(file).size : 0
  const write = (line: string) => {
    out.write(line)
    bytes += Buffer.byteLength(line)
    if (bytes < room.maxBytes) return
    bytes = 0
    putAside(file, room.kept)
    out.reopen() // what was begun goes on into the file put aside, which is the same one under a new name
  }
  return pino({ level, base: null }, { write })
}

/** `.1` becomes `.2` and so on; the oldest is overwritten. */
function putAside(file: string, kept: number): void {
  for (let age = kept - 1; age >= 0; age--) {
    const from = age === 0 ? file : `${file}.${age}`
    if (existsSync(from)) renameSync(from, `${file}.${age + 1}`)
  }
}
