import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useUrl } from '../address.ts'
import { DataTable, type Column } from '../DataTable.tsx'
import { DueWords } from '../DueWords.tsx'
import { Figure } from '../Figure.tsx'
import { FigureNote } from '../FigureNote.tsx'
import { FilterBar } from '../FilterBar.tsx'
import type { Filter } from '../filter-url.ts'
import { FourNumbers } from '../FourNumbers.tsx'
import { PageHeader } from '../PageHeader.tsx'
import { useSession } from '../session.tsx'
import { oneOf } from '../url.ts'
import { useListUrl } from '../useListUrl.ts'
import { findSample, nameOfSample, sampleRows, type SampleRow } from './sample.ts'

const filters: readonly Filter[] = [
  { kind: 'text', name: 'tim', label: 'Tìm trong nhiệm vụ' },
  {
    kind: 'many',
    name: 'trang-thai',
    label: 'Trạng thái',
    choices: [
      { value: 'qua-han', label: 'Quá hạn' },
      { value: 'con-han', label: 'Còn hạn' },
    ],
  },
  { kind: 'picked', name: 'co-quan', label: 'Cơ quan chủ trì', find: findSample, nameOf: nameOfSample },
  { kind: 'date', name: 'han-truoc', label: 'Hạn trước ngày' },
]

/** A list as most pages have one; `?dong-mau=0|1|50` shows it with few rows. */
export function TableStory() {
  const { today } = useSession()
  const list = useListUrl({
    filters,
    orders: ['agency', 'dueOn', 'children'],
    order: { by: 'dueOn', isDescending: false },
  })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['2', '3']))
  const asked = oneOf(useUrl()['dong-mau'])
  const all = useMemo(() => (asked === undefined ? sampleRows : sampleRows.slice(0, Number(asked))), [asked])
  const columns: readonly Column<SampleRow>[] = [
    { id: 'agency', title: 'Cơ quan', isSortable: true, cell: (row) => <Link to="/kit">{row.agency}</Link> },
    { id: 'deed', title: 'Nhiệm vụ', width: '18rem', cell: (row) => row.deed },
    {
      id: 'dueOn',
      title: 'Hạn',
      isSortable: true,
      width: '15rem',
      cell: (row) => <DueWords dueOn={row.dueOn} today={today} />,
    },
    {
      id: 'counts',
      title: 'Tiến độ',
      width: '17rem',
      cell: (row) => <FourNumbers counts={row.counts} size="row" to={() => '/kit'} />,
    },
    {
      id: 'children',
      title: 'Trẻ em được hỗ trợ',
      unit: 'trẻ em',
      align: 'end',
      isSortable: true,
      cell: (row) => <Figure value={row.children} absent={Number(row.id) % 2 === 0 ? 'missing' : 'suppressed'} />,
      total: <Figure value={1_234_567} />,
    },
    { id: 'id', title: 'Mã', isSpare: true, cell: (row) => row.id },
  ]
  return (
    <>
      <PageHeader
        title="Nhiệm vụ của các cơ quan"
        state="7 nhiệm vụ quá hạn, 2 chờ ký"
        crumbs={[{ label: 'Việt Nam', to: '/kit' }, { label: 'Tỉnh Lâm Đồng', to: '/kit' }, { label: 'Nhiệm vụ' }]}
        acts={<Button>Đôn đốc</Button>}
      />
      <FilterBar list={list} />
      <DataTable
        id="sample"
        caption="Nhiệm vụ của các cơ quan"
        columns={columns}
        rows={all.slice((list.page - 1) * list.size, list.page * list.size)}
        rowId={(row) => row.id}
        rowName={(row) => row.agency}
        rowTo={() => '/kit'}
        list={list}
        total={all.length}
        totalsOf="Cộng mọi trang"
        selection={{ selected, onChange: setSelected, acts: <Button variant="default">Đôn đốc</Button> }}
      />
      <FigureNote
        period="6 tháng đầu năm 2026"
        unit="trẻ em"
        asOf={today}
        coverage={{ reported: 30, owed: 34 }}
        source="báo cáo của các cơ quan"
      />
    </>
  )
}
