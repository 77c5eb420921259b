import { Button } from '@mantine/core'
import { useState } from 'react'
import { CardColumns } from '../CardColumns.tsx'
import { Confirm } from '../Confirm.tsx'
import { DueWords } from '../DueWords.tsx'
import { Empty, LoadFailed } from '../Empty.tsx'
import { Figure } from '../Figure.tsx'
import { FigureNote } from '../FigureNote.tsx'
import { FourNumbers } from '../FourNumbers.tsx'
import { JobProgress } from '../JobProgress.tsx'
import { PageHeader } from '../PageHeader.tsx'
import { ApiProblem } from '../problem.ts'
import { Provenance } from '../Provenance.tsx'
import { Section } from '../Section.tsx'
import { SideBySide } from '../SideBySide.tsx'
import { StatusBadge, type Tone } from '../StatusBadge.tsx'
import { useToast } from '../Toast.tsx'
import { Tree, type TreeNode } from '../Tree.tsx'
import { sampleRows } from './sample.ts'

const counts = { done: 412, late: 37, pending: 208, overdue: 64, undated: 29 }
const today = '2026-05-19'
const tones: readonly (readonly [Tone, string])[] = [
  ['done', 'Xong đúng hạn'],
  ['late', 'Xong muộn'],
  ['pending', 'Đang làm'],
  ['overdue', 'Quá hạn'],
  ['undated', 'Không có hạn'],
  ['returned', 'Trả lại'],
  ['draft', 'Dự thảo'],
  ['note', 'Chờ ký'],
  ['guess', 'Gợi ý'],
]

/** Figures, statuses, due words, provenance. */
export function FiguresStory() {
  return (
    <>
      <PageHeader title="Con số và trạng thái" state="412 nhiệm vụ xong đúng hạn, 64 quá hạn" />
      <Section title="Bốn con số">
        <FourNumbers counts={counts} to={() => '/kit'} />
        <FigureNote
          period="6 tháng đầu năm 2026"
          unit="nhiệm vụ"
          asOf={today}
          coverage={{ reported: 30, owed: 34 }}
          source="cập nhật của các cơ quan"
        />
      </Section>
      <Section title="Trạng thái">
        <p>
          {tones.map(([tone, word]) => (
            <span key={tone} style={{ marginRight: '1.5rem' }}>
              <StatusBadge tone={tone}>{word}</StatusBadge>
            </span>
          ))}
        </p>
      </Section>
      <Section title="Hạn">
        {['2026-05-10', '2026-05-19', '2026-05-20', '2026-05-22', '2026-07-01', '2027-01-31', null].map((dueOn) => (
          <p key={dueOn}>
            <DueWords dueOn={dueOn} today={today} />
          </p>
        ))}
      </Section>
      <Section title="Số">
        <p className="figures">
          <Figure value={1234.5} /> · <Figure value={0} /> · <Figure value={null} absent="not-applicable" /> ·{' '}
          <Figure value={null} /> · <Figure value={null} absent="not-yet-known" /> ·{' '}
          <Figure value={null} absent="suppressed" /> · <Figure value={98765} isEstimate />
        </p>
      </Section>
      <Section title="Nguồn gốc">
        <p>
          Đã hỗ trợ{' '}
          <Provenance
            origin={{
              name: 'Số trẻ em được hỗ trợ, tỉnh Lâm Đồng',
              period: '6 tháng đầu năm 2026',
              unit: 'trẻ em',
              asOf: today,
              coverage: { reported: 122, owed: 124 },
              parts: [
                { name: 'Xã Hòa Thắng', value: '12', to: '/kit' },
                { name: 'Phường Phan Thiết', value: '311' },
              ],
              missing: [{ name: 'Xã Bắc Bình' }],
              source: { document: 'Báo cáo số 112/BC-UBND', place: 'Phụ lục I, bảng 2, dòng 14' },
              by: { person: 'Nguyễn Thị Minh Ánh', at: '2026-05-18T07:32:00Z' },
            }}
          >
            1.234 trẻ em
          </Provenance>{' '}
          trong kỳ.
        </p>
      </Section>
    </>
  )
}

/** My work as four columns. */
export function WorkStory() {
  const cards = sampleRows.slice(0, 3).map((row) => ({
    id: row.id,
    to: '/kit',
    body: row.agency,
    deed: row.deed,
    due: <DueWords dueOn={row.dueOn} today={today} />,
  }))
  return (
    <>
      <PageHeader title="Việc của tôi" state="2 việc quá hạn, 3 việc chờ ký" />
      <CardColumns
        columns={[
          { id: 'returned', title: 'Trả lại cho tôi', tone: 'returned', cards: cards.slice(0, 1), empty: '' },
          {
            id: 'due',
            title: 'Sắp đến hạn',
            tone: 'soon',
            cards,
            total: 12,
            all: { to: '/kit', label: 'Xem cả 12' },
            empty: '',
          },
          { id: 'sign', title: 'Chờ tôi ký, kiểm tra', tone: 'note', cards: cards.slice(1), empty: '' },
          {
            id: 'overdue',
            title: 'Quá hạn',
            tone: 'overdue',
            cards: [],
            empty: 'Không có việc nào quá hạn. Kỳ báo cáo tới: 25/5/2026.',
          },
        ]}
      />
    </>
  )
}

/** Progress, confirmation, messages, nothing and failure. */
export function StatesStory() {
  const toast = useToast()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <PageHeader
        title="Việc dài, hỏi lại, không có gì"
        acts={<Button onClick={() => setAsking(true)}>Ký và gửi</Button>}
      />
      <JobProgress
        title="Đọc phụ lục của 34 tỉnh"
        state="running"
        done={1240}
        total={3321}
        onCancel={() => toast({ kind: 'note', text: 'Đã dừng' })}
      />
      <JobProgress title="Xuất báo cáo" state="done" done={10} total={10} />
      <JobProgress
        title="Nhập danh sách cán bộ"
        state="failed"
        done={3}
        total={10}
        outcome="Dòng 4: thiếu mã đơn vị. 3 dòng trước đã nhập."
      />
      <Button
        variant="default"
        onClick={() =>
          toast({
            kind: 'problem',
            text: 'Không kết nối được với máy chủ. Những gì đã lưu vẫn còn; hãy kiểm tra mạng rồi thử lại.',
          })
        }
      >
        Báo lỗi
      </Button>{' '}
      <Button
        variant="default"
        onClick={() =>
          toast({ kind: 'done', text: 'Đã ban hành kế hoạch.', act: { label: 'Mở', run: () => undefined } })
        }
      >
        Báo xong
      </Button>
      <Empty title="Chưa có kế hoạch nào">Tải lên văn bản đã ban hành để bắt đầu.</Empty>
      <LoadFailed
        problem={new ApiProblem({ code: 'kit.unreachable', title: '', status: 0 })}
        onRetry={() => undefined}
      />
      <Confirm
        isOpen={isAsking}
        title="Ban hành kế hoạch?"
        act="Ký và gửi"
        onConfirm={() => setAsking(false)}
        onClose={() => setAsking(false)}
      >
        Kế hoạch gửi tới 14 cơ quan và không sửa được nữa; thay đổi phải bằng văn bản mới.
      </Confirm>
    </>
  )
}

const roots: readonly TreeNode[] = [
  {
    id: 'I',
    name: 'I. Hoàn thiện pháp luật, chính sách về trẻ em',
    detail: '3 nhiệm vụ',
    hasChildren: true,
    children: [
      {
        id: 'I.1',
        name: '1. Rà soát các văn bản quy phạm pháp luật có liên quan đến quyền trẻ em',
        hasChildren: false,
      },
      {
        id: 'I.2',
        name: '2. Đề xuất sửa đổi Luật Trẻ em',
        hasChildren: true,
        children: [{ id: 'I.2.a', name: 'a) Đánh giá tác động', hasChildren: false }],
      },
    ],
  },
  { id: 'II', name: 'II. Nâng cao năng lực', detail: 'mở ra mới tải', hasChildren: true },
]

/** A tree of nodes, and two sides to compare. */
export function TreeStory() {
  return (
    <>
      <PageHeader title="Cây và so sánh" />
      <Tree
        label="Các phần của kế hoạch"
        roots={roots}
        what="sample"
        load={(node) =>
          Promise.resolve([{ id: `${node.id}.1`, name: '1. Tập huấn cán bộ cấp xã', hasChildren: false }])
        }
        onOpen={() => undefined}
        current="I.1"
        open={['I']}
      />
      <SideBySide
        original={
          <p>
            1. Bộ Y tế chủ trì, phối hợp với các bộ, ngành liên quan rà soát, sửa đổi quy trình hỗ trợ, can thiệp trẻ em
            bị xâm hại. Hoàn thành trong quý III năm 2026.
          </p>
        }
        proposal={<p>Rà soát, sửa đổi quy trình hỗ trợ, can thiệp. Chủ trì: Bộ Y tế. Hạn: 30/9/2026.</p>}
        progress={{ done: 12, total: 48 }}
        acts={<Button>Chấp nhận</Button>}
      />
    </>
  )
}
