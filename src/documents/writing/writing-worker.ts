import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerAnswer } from '#platform'
import type { OfficialLayout } from './layout.ts'
import type { FileFormat } from './model.ts'
import type { Pages } from './pieces.ts'
import { docxFile } from './write-docx.ts'
import { pdfFile } from './write-pdf.ts'

/** Writes one document in a thread of its own (`write-apart.ts`). */
const { pages, layout, format } = workerData as { pages: Pages; layout: OfficialLayout; format: FileFormat }

const value = await (format === 'pdf' ? pdfFile(pages, layout) : docxFile(pages, layout))
const answer: WorkerAnswer<Uint8Array> = { value }
parentPort?.postMessage(answer)
