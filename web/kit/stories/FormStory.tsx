import { Button, Stack } from '@mantine/core'
import { useState } from 'react'
import { DateField } from '../DateField.tsx'
import { ErrorSummary } from '../ErrorSummary.tsx'
import { problemAt } from '../field-problems.ts'
import { CheckField, LongTextField, RadioField, SelectField, TextField } from '../fields.tsx'
import { FileDrop } from '../FileDrop.tsx'
import { PageHeader } from '../PageHeader.tsx'
import { ManyPicker, Picker, type Picked } from '../Picker.tsx'
import { ApiProblem } from '../problem.ts'
import { SaveState } from '../SaveState.tsx'
import { useSession } from '../session.tsx'
import { useDraft } from '../useDraft.ts'
import { findSample } from './sample.ts'

const refused = new ApiProblem({
  code: 'plans.incomplete',
  title: 'Chưa đủ',
  status: 422,
  errors: [
    { pointer: '/number', code: 'plans.number-missing', title: 'Nhập số của văn bản' },
    { pointer: '/lead', code: 'plans.lead-missing', title: 'Chọn cơ quan chủ trì' },
  ],
})

/** A form with every field, refused once. */
export function FormStory() {
  const { today } = useSession()
  const [number, setNumber] = useState('')
  const [issuedOn, setIssuedOn] = useState<string | null>('2026-05-22')
  const [kind, setKind] = useState('KH')
  const [lead, setLead] = useState<Picked | null>(null)
  const [support, setSupport] = useState<readonly Picked[]>([
    { id: '1', name: 'Sở Tư pháp' },
    { id: '2', name: 'Sở Nội vụ' },
  ])
  const [file, setFile] = useState<File | null>(null)
  const [isFinal, setFinal] = useState(true)
  const draft = useDraft({ name: 'story', start: 'Đã tập huấn 120 cán bộ cấp xã.', save: () => Promise.resolve() })
  return (
    <>
      <PageHeader
        title="Nhập văn bản"
        state={<SaveState status={draft.status} onRetry={() => void draft.saveNow()} />}
      />
      <ErrorSummary problem={refused} />
      <Stack>
        <TextField
          id="number"
          label="Số, ký hiệu"
          help="Như in trên văn bản, ví dụ 1234/KH-UBND"
          letters={16}
          value={number}
          onChange={setNumber}
          error={problemAt(refused, 'number')}
          required
        />
        <DateField
          id="issuedOn"
          label="Ngày ban hành"
          value={issuedOn}
          onChange={setIssuedOn}
          today={today}
          max={today}
        />
        <SelectField
          id="kind"
          label="Loại văn bản"
          choices={[
            { value: 'KH', label: 'Kế hoạch' },
            { value: 'QĐ', label: 'Quyết định' },
          ]}
          value={kind}
          onChange={setKind}
        />
        <RadioField
          id="level"
          label="Cấp"
          choices={[
            { value: 'tinh', label: 'Cấp tỉnh' },
            { value: 'xa', label: 'Cấp xã' },
          ]}
          value="tinh"
          onChange={() => undefined}
        />
        <Picker
          id="lead"
          label="Cơ quan chủ trì"
          help="Gõ không dấu cũng được"
          what="story"
          find={findSample}
          value={lead}
          onChange={setLead}
          error={problemAt(refused, 'lead')}
        />
        <ManyPicker
          id="support"
          label="Cơ quan phối hợp"
          what="story"
          find={findSample}
          value={support}
          onChange={setSupport}
        />
        <LongTextField id="narrative" label="Kết quả" value={draft.value} onChange={draft.change} letters={70} />
        <CheckField id="final" label="Số liệu chính thức" value={isFinal} onChange={setFinal} />
        <FileDrop
          id="file"
          label="Tệp văn bản"
          rule={{ endings: ['.docx', '.txt', '.pdf'], maxBytes: 20_000_000 }}
          file={file}
          onFile={setFile}
        />
        <Button style={{ alignSelf: 'start' }}>Gửi kiểm tra</Button>
      </Stack>
    </>
  )
}
