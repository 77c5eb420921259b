import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerAnswer } from '../apart.ts'
import type { OfficialLayout } from './layout.ts'
import type { OfficialDocument } from './model.ts'
import { writeDocx } from './write-docx.ts'

/** Writes one large document in a thread of its own (`write-apart.ts`). */
const { document, layout } = workerData as { document: OfficialDocument; layout: OfficialLayout }

const answer: WorkerAnswer<Uint8Array> = { value: await writeDocx(document, layout) }
parentPort?.postMessage(answer)
