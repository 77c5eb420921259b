import { expect, it } from 'vitest'
import { isAtWork } from '#platform'
import type { OfficialDocument } from '../../../../src/documents/writing/model.ts'
import { planDocument } from '../../../../src/documents/writing/plan-document.ts'
import { writeDocument } from '../../../../src/documents/writing/write-apart.ts'
import { writeDocx } from '../../../../src/documents/writing/write-docx.ts'
import { samplePlan } from './sample-inputs.ts'
import { writtenDocuments } from './written-documents.ts'

const { layout, plan: words } = writtenDocuments
const paragraphs = Array.from({ length: 160 }, (_, at) => `Nội dung thứ ${at}.`)
const [group] = samplePlan.taskGroups
const tasks = Array.from({ length: 80 }, () => group?.tasks ?? []).flat()

it.each<[string, OfficialDocument]>([
  ['a table', planDocument({ ...samplePlan, taskGroups: [{ label: null, title: null, depth: 0, tasks }] }, writtenDocuments)], // prettier-ignore
  ['a text', planDocument({ ...samplePlan, funding: paragraphs }, writtenDocuments)],
  ['an attached plan', planDocument({ ...samplePlan, kindCode: words.decision.kindCode, funding: paragraphs }, writtenDocuments)], // prettier-ignore
])(
  'a document with %s of many lines is written in a thread, the same as in the server itself',
  { timeout: 60_000 },
  async (_what, long) => {
    const writing = [writeDocument(long, layout, 'docx'), writeDocument(long, layout, 'docx')]
    expect(isAtWork()).toBe(true)
    const [apart] = await Promise.all(writing)
    const here = await writeDocx(long, layout)
    expect(Math.abs((apart?.length ?? 0) - here.length)).toBeLessThan(100)
  },
)
