import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Language } from '#platform/model'
import { TreatyKind } from '#reporting/model'
import { Empty, LoadFailed } from '../../kit/Empty.tsx'
import { RadioField, TextField } from '../../kit/fields.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { Pager } from '../../kit/Pager.tsx'
import { useMay } from '../../kit/session.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { useListUrl } from '../../kit/useListUrl.ts'
import { DialogForm } from '../../plans/DialogForm.tsx'
import styles from '../reports/Reports.module.css'
import { beginTreatyReport, treatyReportsQuery, treatyReportTo, useRenewTreaty } from './queries.ts'

/** Reports under the Convention that the acting body writes. */
export function TreatyReportsPage() {
  const t = useText()
  const format = useFormat()
  const may = useMay()
  const [isBeginning, setBeginning] = useState(false)
  const list = useListUrl({})
  const { data, error, refetch } = useQuery(treatyReportsQuery(list))
  if (error && !data) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  return (
    <>
      <PageHeader
        title={t('treaty.title')}
        acts={may('reporting.write-reports') && <Button onClick={() => setBeginning(true)}>{t('treaty.begin')}</Button>}
      />
      {data?.total === 0 && <Empty title={t('treaty.none')}>{t('treaty.none-words')}</Empty>}
      <ul className={styles.plain}>
        {data?.items.map((one) => (
          <li key={one.id}>
            <Link to={treatyReportTo(one.id)}>{t('treaty.name', { kind: one.kind, cycle: one.cycle })}</Link>{' '}
            <span className={styles.quiet}>
              {t('treaty.begun', { date: format.day(one.madeAt), count: one.paragraphs })}
            </span>
          </li>
        ))}
      </ul>
      {data && data.total > 0 && <Pager list={list} total={data.total} />}
      {isBeginning && <BeginDialog onClose={() => setBeginning(false)} />}
    </>
  )
}

function BeginDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const navigate = useNavigate()
  const renew = useRenewTreaty()
  const [kind, setKind] = useState<TreatyKind>('periodic')
  const [cycle, setCycle] = useState('')
  const [languages, setLanguages] = useState<readonly Language[]>(Language.options)
  const beginning = useMutation({
    mutationFn: () => beginTreatyReport({ kind, cycle: cycle.trim(), languages: [...languages] }),
    onSuccess: async ({ id }) => {
      await renew()
      onClose()
      await navigate({ to: treatyReportTo(id) })
    },
  })
  return (
    <DialogForm
      title={t('treaty.begin')}
      act={t('treaty.begin-do')}
      isPending={beginning.isPending}
      isBlocked={cycle.trim() === '' || languages.length === 0}
      problem={beginning.error}
      onSend={() => beginning.mutate()}
      onClose={onClose}
    >
      <RadioField
        id="kind"
        label={t('treaty.kind')}
        choices={TreatyKind.options.map((value) => ({ value, label: t('treaty.kind-is', { kind: value }) }))}
        value={kind}
        onChange={(value) => setKind(TreatyKind.parse(value))}
      />
      <TextField
        id="cycle"
        label={t('treaty.cycle')}
        help={t('treaty.cycle-help')}
        required
        maxLength={60}
        value={cycle}
        onChange={setCycle}
      />
      <Checkbox.Group
        label={t('treaty.languages')}
        description={t('treaty.languages-help')}
        error={languages.length === 0 ? t('treaty.languages-none') : undefined}
        value={[...languages]}
        onChange={(chosen) => setLanguages(Language.options.filter((one) => chosen.includes(one)))}
      >
        {Language.options.map((language) => (
          <Checkbox key={language} value={language} label={t('treaty.language', { language })} mt={6} />
        ))}
      </Checkbox.Group>
    </DialogForm>
  )
}
