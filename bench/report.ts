import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'

/** `bar` null: told, and judged by nobody. */
export type Check = { name: string; value: number; unit: string; bar: number | null; ok: boolean }

export type BenchReport = {
  checks: Check[]
  /** Keeps a figure; one above its bar is told, and does not end the run. */
  add: (name: string, value: number, of: { unit: string; bar: number | null }) => void
  /** What is not as it has to be: the run ends with 1. */
  fault: (what: string) => void
  faults: () => readonly string[]
  /** Writes `test-results/bench/NAME.json` as far as it is known. */
  write: (details: object) => void
}

export function openReport(name: string): BenchReport {
  const checks: Check[] = []
  const faults: string[] = []
  const folder = path.join('test-results', 'bench')
  return {
    checks,
    add: (check, value, { unit, bar }) =>
      void checks.push({ name: check, value, unit, bar, ok: bar === null || value <= bar }),
    fault: (what) => void faults.push(what),
    faults: () => faults,
    write: (details) => {
      mkdirSync(folder, { recursive: true })
      const machine = `${cpus().length} x ${cpus()[0]?.model ?? ''}`
      const load = loadavg().map((one) => Number(one.toFixed(1)))
      const told = { name, date: new Date().toISOString(), machine, checks }
      const file = path.join(folder, `${name}.json`)
      writeFileSync(file, JSON.stringify({ ...told, details: { ...details, load, faults: faults.slice(0, 50) } }))
    },
  }
}

/** Ends the run when it takes longer than it may: what is known by then was written, and nothing it started is left running. */
export function limitTime(seconds: number, stop: () => Promise<void>): () => void {
  const timer = setTimeout(() => {
    console.error(`not done in ${seconds} s: stopped`)
    void stop().finally(() => process.exit(1))
    // Where it cannot be stopped in order either.
    setTimeout(() => process.exit(1), 30_000).unref()
  }, seconds * 1000)
  return () => clearTimeout(timer)
}
