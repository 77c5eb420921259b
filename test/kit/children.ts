import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..', '..')

/** A running program of ours whose output is kept; started in a process of its own, so that it can be killed. */
export type Child = {
  process: ChildProcess
  output: () => string
  /** Resolves when the output holds the text; rejects when the program ends before. */
  says: (text: string | RegExp) => Promise<void>
  ended: Promise<number | null>
  kill: (signal: NodeJS.Signals) => Promise<void>
}

type Start = { env?: Record<string, string>; uid?: number; gid?: number; cwd?: string; node?: string }

export function startChild(parameters: string[], options: Start = {}): Child {
  const { env, node, ...rest } = options
  const child = spawn(node ?? process.execPath, parameters, {
    ...rest,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const listeners = new Set<() => void>()
  const tell = () => listeners.forEach((listener) => listener())
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += String(text)
      tell()
    })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  void ended.then(tell)
  const has = (text: string | RegExp) => (typeof text === 'string' ? output.includes(text) : text.test(output))
  const says = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (has(text)) resolve()
        else if (child.exitCode !== null || child.signalCode !== null)
          reject(new Error(`ended without saying ${text}:\n${output}`))
        else return
        listeners.delete(look)
      }
      listeners.add(look)
      look()
    })
  return {
    process: child,
    output: () => output,
    says,
    ended,
    kill: async (signal) => void (child.kill(signal), await ended),
  }
}

/** No setting of the machine, and nothing of the runner, reaches the product under test. */
function cleanEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG']
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])),
  )
}

/** A directory for one test file, removed at its end. */
export function scratchDirectory(): { path: string; remove: () => void } {
  const directory = mkdtempSync(path.join(tmpdir(), 'mangnon-t-'))
  return { path: directory, remove: () => rmSync(directory, { recursive: true, force: true }) }
}
