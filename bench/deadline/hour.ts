import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Sender } from './sender.ts'

/** A report as its clients remember it: of each section the last version that was acknowledged, and what it said. */
export type Kept = {
  reportId: string
  agencyId: string
  versions: Map<string, number>
  said: Map<string, string>
  sent: { number: number; digest: string } | null
}

/** One who writes: saves his section every so often until it is time to send. */
export type Writer = { token: string; section: string; report: Kept }
export type Signer = { token: string; officer: string; report: Kept; rows: readonly Row[] }
export type Row = { key: string; isRatio: boolean }

/** What was measured of one request. `kind` save or submit. */
export type Timed = { kind: 'save' | 'submit'; at: number; ms: number; tries: number }

const v1 = '/api/v1/reporting/reports'

/** A section's words after so many savings: they grow as somebody types. */
function wordsOf(section: string, turn: number): object {
  const text = `Xã đã chỉ đạo rà soát, lập danh sách trẻ em cần hỗ trợ, lần ${turn}. `.repeat(8 + (turn % 16))
  return { kind: 'narrative', paragraphs: [{ key: `${section}-1`, text: text.trim(), origins: [] }] }
}

function figuresOf(rows: readonly Row[], turn: number): object {
  return {
    kind: 'figures',
    lines: rows.map(({ key, isRatio }, at) => ({
      ...{ key, mode: 'typed', status: 'A', absence: null, comment: '', explanation: 'Đã đối chiếu sổ theo dõi.' },
      numerator: 10 + ((turn + at * 7) % 80),
      denominator: isRatio ? 100 + (turn % 9) : null,
    })),
  }
}

/**
 * The deadline hour: every writer saves every `everyMs`, from a moment of his own on; each signer, at his moment, puts in the figures and sends.
 * A request that is due is sent though others are not answered yet, as officers do not wait for each other. `burst`: within it writers save
 * five times as often.
 */
export async function runHour(
  sender: Sender,
  of: {
    writers: readonly Writer[]
    signers: readonly Signer[]
    seconds: number
    everyMs: number
    burst: { from: number; to: number } | null
    timed: (one: Timed) => void
  },
): Promise<void> {
  const begun = performance.now()
  const since = () => (performance.now() - begun) / 1000
  const closing = new Map(of.signers.map(({ report }) => [report, new AbortController()]))
  const write = async (writer: Writer, first: number) => {
    const closed = closing.get(writer.report)?.signal
    await untilDue(first, closed)
    for (let turn = 0; since() < of.seconds && closed?.aborted !== true; turn++) {
      const started = performance.now()
      await save(sender, writer, wordsOf(writer.section, turn), of.timed)
      const isBurst = of.burst !== null && since() >= of.burst.from && since() < of.burst.to
      await untilDue((isBurst ? of.everyMs / 5 : of.everyMs) - (performance.now() - started), closed)
    }
  }
  const finish = async (signer: Signer, at: number, turn: number) => {
    await sleep(at)
    // What is being saved of this report is awaited, as the page does before it lets anyone send; nothing more is saved after it.
    closing.get(signer.report)?.abort()
    await Promise.all(running.get(signer.report) ?? [])
    const officer = { token: signer.officer, section: 'figures', report: signer.report }
    await save(sender, officer, figuresOf(signer.rows, turn), of.timed)
    await submit(sender, signer, of.timed)
  }
  const running = new Map<Kept, Promise<void>[]>()
  const all: Promise<void>[] = []
  for (const [at, writer] of of.writers.entries()) {
    const one = write(writer, (at / of.writers.length) * of.everyMs)
    running.set(writer.report, [...(running.get(writer.report) ?? []), one])
    all.push(one)
  }
  const spread = of.signers.length
  for (const [at, signer] of of.signers.entries())
    all.push(finish(signer, ((at + 1) / spread) * of.seconds * 950 + 0.02 * of.seconds * 1000, at))
  await Promise.all(all)
}

/** Waits until something is due, or until nobody waits for it any more. */
async function untilDue(ms: number, closed: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(Math.max(0, ms), undefined, closed === undefined ? {} : { signal: closed })
  } catch (fault) {
    if (!closed?.aborted) throw fault
  }
}

async function save(sender: Sender, { token, section, report }: Writer, content: object, timed: (one: Timed) => void) {
  const version = report.versions.get(section) ?? 1
  const path = `${v1}/${report.reportId}/sections/${section}`
  const answer = await sender.send({ token, method: 'PUT', path, body: { version, content } })
  require200(path, answer)
  timed({ kind: 'save', ...answer })
  report.versions.set(section, (JSON.parse(answer.body) as { version: number }).version)
  report.said.set(section, JSON.stringify(content))
}

async function submit(sender: Sender, { token, report }: Signer, timed: (one: Timed) => void) {
  const path = `${v1}/${report.reportId}/submission`
  const body = { versions: Object.fromEntries(report.versions), isNil: false }
  const answer = await sender.send({ token, method: 'POST', path, body })
  require200(path, answer)
  timed({ kind: 'submit', ...answer })
  report.sent = JSON.parse(answer.body) as { number: number; digest: string }
}

function require200(path: string, { status, body }: Answer): void {
  if (status !== 200) throw new Error(`${path}: ${status} ${body.slice(0, 300)}`)
}
