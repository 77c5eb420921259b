import { Button } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Delegation } from '#reporting/model'
import { Confirm } from '../../kit/Confirm.tsx'
import { DataTable, type Column } from '../../kit/DataTable.tsx'
import { DateField } from '../../kit/DateField.tsx'
import { Empty } from '../../kit/Empty.tsx'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { SelectField, TextField } from '../../kit/fields.tsx'
import { PageHeader } from '../../kit/PageHeader.tsx'
import { useSession } from '../../kit/session.tsx'
import { StatusBadge } from '../../kit/StatusBadge.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { write } from '../../plans/requests.ts'
import { reportsTo } from './addresses.ts'
import { colleaguesQuery, delegationsQuery, owedQuery, useRenewReports } from './queries.ts'
import styles from './Reports.module.css'
import { useNamed } from './words.ts'

/** Who signs reports for the head, by which order and until when. */
export function DelegationsPage() {
  const t = useText()
  const { data, error, refetch } = useQuery(delegationsQuery)
  const [isNew, setNew] = useState(false)
  const [ending, setEnding] = useState<Delegation>()
  const renew = useRenewReports()
  const end = useMutation({
    mutationFn: ({ id }: Delegation) => write('POST', `/reporting/delegations/${id}/end`),
    onSuccess: renew,
    onSettled: () => setEnding(undefined),
  })
  return (
    <>
      <PageHeader
        title={t('reports.delegations-title')}
        state={data && t('reports.delegations-state', { count: data.filter(({ endedAt }) => endedAt === null).length })}
        crumbs={[{ label: t('reports.title'), to: reportsTo }, { label: t('reports.delegations-title') }]}
        acts={
          <Button leftSection={<IconSignature size={18} stroke={1.6} aria-hidden />} onClick={() => setNew(true)}>
            {t('reports.delegate')}
          </Button>
        }
      />
      <ErrorSummary problem={end.error} />
      <DataTable
        id="delegations"
        caption={t('reports.delegations-title')}
        columns={useColumns(setEnding)}
        rows={data}
        error={error}
        onRetry={() => void refetch()}
        rowId={({ id }) => id}
        rowName={(one) => one.toPersonName ?? one.orderNumber}
        empty={<Empty title={t('reports.delegations-none')}>{t('reports.delegations-none-words')}</Empty>}
      />
      {isNew && <DelegateDialog onClose={() => setNew(false)} />}
      <Confirm
        isOpen={ending !== undefined}
        title={t('reports.delegation-end')}
        act={t('reports.delegation-end')}
        isDestructive
        isPending={end.isPending}
        onConfirm={() => ending && end.mutate(ending)}
        onClose={() => setEnding(undefined)}
      >
        {t('reports.delegation-end-words', { name: ending?.toPersonName ?? '' })}
      </Confirm>
    </>
  )
}

function useColumns(onEnd: (one: Delegation) => void): Column<Delegation>[] {
  const t = useText()
  const format = useFormat()
  const named = useNamed()
  const { today } = useSession()
  const isOver = ({ endedAt, validTo }: Delegation) => endedAt !== null || (validTo !== null && validTo <= today)
  return [
    { id: 'to', title: t('reports.delegate-to'), width: '14rem', cell: (one) => one.toPersonName },
    {
      id: 'of',
      title: t('reports.delegate-of'),
      width: '16rem',
      cell: (one) => (one.regimeNames === null ? t('reports.delegate-all') : named(one.regimeNames)),
    },
    {
      id: 'order',
      title: t('reports.delegate-order'),
      width: '14rem',
      cell: (one) => t('reports.order-of', { number: one.orderNumber, date: format.date(one.orderOn) }),
    },
    {
      id: 'valid',
      title: t('reports.delegate-valid'),
      width: '14rem',
      cell: (one) =>
        one.validTo === null
          ? t('reports.valid-from', { from: format.date(one.validFrom) })
          : t('reports.valid-until', { from: format.date(one.validFrom), to: format.date(one.validTo) }),
    },
    {
      id: 'state',
      title: t('reports.state'),
      width: '12rem',
      cell: (one) => (
        <span className={styles.named}>
          <StatusBadge tone={isOver(one) ? 'note' : 'done'}>
            {t('reports.delegation-is', { state: isOver(one) ? 'over' : 'valid' })}
          </StatusBadge>
          {!isOver(one) && (
            <Button variant="default" size="compact-sm" onClick={() => onEnd(one)}>
              {t('reports.delegation-end')}
            </Button>
          )}
        </span>
      ),
    },
  ]
}

function DelegateDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const named = useNamed()
  const { today } = useSession()
  const renew = useRenewReports()
  const colleagues = useQuery(colleaguesQuery)
  const owed = useQuery(owedQuery('own', { size: 200 }))
  const regimes = new Map((owed.data?.items ?? []).map(({ regimeId, regimeNames }) => [regimeId, named(regimeNames)]))
  const [toPersonId, setTo] = useState('')
  const [regimeId, setRegime] = useState('')
  const [orderNumber, setNumber] = useState('')
  const [orderOn, setOrderOn] = useState<string | null>(null)
  const [validFrom, setFrom] = useState<string | null>(today)
  const [validTo, setUntil] = useState<string | null>(null)
  const [powers, setPowers] = useState('')
  const [post, setPost] = useState('')
  const record = useMutation({
    mutationFn: () =>
      write('POST', '/reporting/delegations', {
        ...{ toPersonId, orderNumber, orderOn, validFrom, validTo },
        ...{ powers: powers.trim(), post: post.trim() },
        regimeId: regimeId === '' ? null : regimeId,
      }),
    onSuccess: async () => {
      await renew()
      onClose()
    },
  })
  const people = colleagues.data ?? []
  return (
    <DialogForm
      title={t('reports.delegate')}
      act={t('reports.delegate')}
      isPending={record.isPending}
      isBlocked={
        [toPersonId, orderNumber.trim(), powers.trim(), post.trim()].includes('') ||
        orderOn === null ||
        validFrom === null
      }
      problem={record.error}
      onSend={() => record.mutate()}
      onClose={onClose}
    >
      <p className={styles.quiet}>{t('reports.delegate-words')}</p>
      <SelectField
        id="toPersonId"
        label={t('reports.delegate-to')}
        choices={[
          { value: '', label: t('reports.choose') },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={toPersonId}
        required
        onChange={setTo}
      />
      <SelectField
        id="regimeId"
        label={t('reports.delegate-of')}
        choices={[
          { value: '', label: t('reports.delegate-all') },
          ...[...regimes].map(([value, label]) => ({ value, label })),
        ]}
        value={regimeId}
        onChange={setRegime}
      />
      <TextField
        id="orderNumber"
        label={t('reports.order-number')}
        value={orderNumber}
        letters={30}
        maxLength={100}
        required
        onChange={setNumber}
      />
      <DateField
        id="orderOn"
        label={t('reports.order-on')}
        value={orderOn}
        onChange={setOrderOn}
        today={today}
        max={today}
        required
      />
      <TextField
        {...{ id: 'powers', label: t('reports.delegate-powers'), help: t('reports.delegate-powers-help') }}
        {...{ letters: 30, maxLength: 200, required: true }}
        value={powers}
        onChange={setPowers}
      />
      <TextField
        {...{ id: 'post', label: t('reports.delegate-post'), help: t('reports.delegate-post-help') }}
        {...{ letters: 30, maxLength: 200, required: true }}
        value={post}
        onChange={setPost}
      />
      <DateField
        id="validFrom"
        label={t('reports.valid-first')}
        value={validFrom}
        onChange={setFrom}
        today={today}
        required
      />
      <DateField
        id="validTo"
        label={t('reports.valid-end')}
        help={t('reports.valid-end-help')}
        value={validTo}
        onChange={setUntil}
        today={today}
      />
    </DialogForm>
  )
}
