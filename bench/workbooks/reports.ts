import { createHash } from 'node:crypto'
import type { ReportDetail, Section, SectionContent } from '../../src/reporting/model.ts'

const label = (words: string) => ({ vi: words, en: words, fr: words })
const at = '2026-11-20T02:00:00.000Z'
const figureRows = 150
const narratives = 4
/** 20 kB of narrative in all. */
const sentence =
  'Ủy ban nhân dân xã đã chỉ đạo các ngành, đoàn thể phối hợp thực hiện nhiệm vụ bảo vệ, chăm sóc trẻ em trên địa bàn; '

const idOf = (words: string): string => {
  const hash = createHash('sha256').update(words).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

const sections: Section[] = [
  ...Array.from({ length: narratives }, (_, nth): Section => ({
    ...{
      kind: 'narrative',
      key: `part-${nth + 1}`,
      heading: label(`Phần ${nth + 1}`),
      guidance: label('Nêu rõ số liệu'),
    },
    ...{ isRequired: true, wordLimit: null },
  })),
  {
    ...{ kind: 'figures', key: 'figures', heading: label('Số liệu'), guidance: label(''), isRequired: true },
    ...{ showsBefore: true, showsPlan: true },
    rows: Array.from({ length: figureRows }, (_, nth) => ({
      ...{
        key: `row-${nth + 1}`,
        measureId: idOf(`measure ${nth}`),
        breakdown: '',
        label: label(''),
        isRequired: nth < 50,
      },
    })),
  },
  {
    ...{ kind: 'money', key: 'money', heading: label('Kinh phí'), guidance: label(''), isRequired: false },
    rows: Array.from({ length: 10 }, (_, nth) => ({ key: `item-${nth + 1}`, label: label(`Nội dung ${nth + 1}`) })),
    sources: ['budget', 'aid', 'other'].map((key) => ({ key, label: label(`Nguồn ${key}`) })),
  },
  {
    ...{
      kind: 'obstacles',
      key: 'obstacles',
      heading: label('Khó khăn, vướng mắc'),
      guidance: label(''),
      isRequired: false,
    },
    themes: ['money', 'people', 'law'].map((key) => ({ key, label: label(`Nhóm ${key}`) })),
  },
]

/** Figures of a commune that no other commune has: an odd number on its own, spread over thousands. */
const figure = (commune: number, row: number) => (commune * 7919 + row * 104_729) % 10_007

function contentOf(section: Section, commune: number): SectionContent {
  switch (section.kind) {
    case 'narrative':
      return {
        kind: 'narrative',
        paragraphs: Array.from({ length: 5 }, (_, nth) => ({
          ...{ key: `p${nth + 1}`, origins: [] },
          text: `${nth + 1}. ${sentence.repeat(6)}Xã số ${commune}, đoạn ${section.key}/${nth + 1}.`,
        })),
      }
    case 'figures':
      return {
        kind: 'figures',
        lines: section.rows.map(({ key }, row) => ({
          ...{
            key,
            mode: 'typed' as const,
            status: row % 10 === 9 ? null : row % 3 === 0 ? ('E' as const) : ('A' as const),
          },
          ...{ numerator: row % 10 === 9 ? null : figure(commune, row) / (row % 7 === 0 ? 4 : 1), denominator: null },
          ...{ absence: row % 10 === 9 ? ('not-yet-known' as const) : null },
          ...{ comment: row % 25 === 0 ? `=Ghi chú của xã ${commune}` : '', explanation: '' },
        })),
      }
    case 'money':
      return {
        kind: 'money',
        lines: section.rows.flatMap(({ key }, row) =>
          section.sources.map((source, nth) => ({
            ...{ key, source: source.key, amount: String(figure(commune, row * 3 + nth) * 1_000_003), absence: null },
          })),
        ),
      }
    case 'obstacles':
      return {
        kind: 'obstacles',
        lines: section.themes.map(({ key }, nth) => ({
          ...{ key: `o${nth + 1}`, theme: key, text: `Thiếu nguồn lực tại xã ${commune}`, proposal: 'Đề nghị bổ sung' },
          ...{ obstacleId: null, origins: [] },
        })),
      }
    case 'tasks':
      return { kind: 'tasks', lines: [] }
    case 'attachments':
      return { kind: 'attachments', fileIds: [] }
  }
}

/** The draft of a commune's report: 150 figures, 30 amounts, 20 kB of narrative. */
export function reportOf(commune: number): ReportDetail {
  return {
    ...{ id: idOf(`report ${commune}`), version: 1, isOwn: true, isReceiver: false, mayWrite: true, signsAs: null },
    owed: {
      ...{ obligationId: idOf(`owed ${commune}`), roundId: idOf('round'), regimeId: idOf('regime'), number: 0 },
      ...{
        regimeNames: label('Báo cáo công tác trẻ em'),
        period: 'year:2026',
        periodFrom: '2026-01-01',
        periodTo: '2027-01-01',
      },
      ...{
        agencyId: idOf(`body ${commune}`),
        agencyName: `Ủy ban nhân dân xã số ${commune}`,
        unitId: idOf(`unit ${commune}`),
      },
      ...{ tier: 'commune', receiverId: idOf('province'), receiverName: 'Sở Y tế', dueOn: '2026-12-10', graceDays: 0 },
      ...{
        obligationState: 'owed',
        reason: null,
        isRequested: false,
        isOpen: true,
        reportId: idOf(`report ${commune}`),
      },
      ...{
        state: 'draft',
        acceptedNumber: null,
        isNil: false,
        firstSubmittedAt: null,
        submittedAt: null,
        isLate: false,
      },
      ...{ openLines: null, mayBeSigned: false },
    },
    form: { title: label('Báo cáo công tác trẻ em'), sections },
    sections: sections.map((section) => ({
      ...{ key: section.key, content: contentOf(section, commune), version: 1 },
      ...{ savedBy: idOf('writer'), savedByName: null, savedAt: at },
    })),
    facts: Array.from({ length: figureRows }, (_, row) => ({
      ...{
        line: `figures/row-${row + 1}`,
        measureId: idOf(`measure ${row}`),
        name: `Chỉ tiêu số ${row + 1} về trẻ em`,
      },
      ...{ unitOfMeasure: 'trẻ em', numeratorName: null, denominatorName: null, aggregation: 'sum', isShare: false },
      ...{ factor: 1, mode: 'typed', before: null, target: null, total: null },
    })),
    ...{ submissions: [], steps: [], marks: [], files: [], parts: [] },
  }
}
