import { planDocument, writeDocx, type PlanInput } from '#documents'
import { writtenDocuments } from '../countries/vn/documents/templates/written-documents.ts'
import { measure } from './timing.ts'

/** How long a plan with its annex table takes to be written as .docx, by rows. */
function plan(rows: number): PlanInput {
  const tasks = Array.from({ length: rows }, (_none, at) => ({
    number: null,
    text: `Nội dung nhiệm vụ minh họa số ${at + 1} về bảo đảm thực hiện quyền trẻ em`,
    duties: [
      { kind: 'lead' as const, agency: 'Sở Y tế' },
      { kind: 'support' as const, agency: 'Công an tỉnh' },
    ],
    time: 'Thường xuyên',
    output: 'Báo cáo',
    funding: null,
  }))
  const none: string[] = []
  return {
    head: {
      parentAgency: null,
      agency: 'Ủy ban nhân dân tỉnh Minh Họa',
      agencyLines: null,
      agencySign: 'UBND',
      place: 'Minh Họa',
      number: '07',
      date: '2026-02-05',
      recipients: ['Lưu: VT'],
      signature: { powers: [], posts: ['Chủ tịch'], name: 'Người ký' },
      draft: false,
      invented: true,
      urgency: null,
      addressLine: null,
    },
    title: 'Thử tốc độ',
    bases: none,
    preamble: null,
    purposes: none,
    requirements: none,
    generalObjectives: none,
    specificObjectives: none,
    taskGroups: [{ label: null, title: null, depth: 0, tasks }],
    funding: none,
    organisation: [],
    reporting: none,
    closing: none,
    kindCode: 'KH',
    articles: none,
    attachedTitle: null,
    tasks: none,
    textGroups: [],
    owners: [],
    headings: {},
    others: [],
  }
}
for (const rows of [20, 500, 5000])
  await measure(
    `${rows} rows`,
    () => writeDocx(planDocument(plan(rows), writtenDocuments), writtenDocuments.layout),
    rows > 1000 ? 3 : 5,
  )
