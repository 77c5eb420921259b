import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SuccessionStep, WhatBecame } from '#territory/model'
import { useAsOf, useSetUrl, useUrl } from '../kit/address.ts'
import { DateField } from '../kit/DateField.tsx'
import { Empty, LoadFailed } from '../kit/Empty.tsx'
import { FigureNote } from '../kit/FigureNote.tsx'
import { TextField } from '../kit/fields.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useSession } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { unitTo } from './addresses.ts'
import { ExtentWord, Fates } from './Fates.tsx'
import { Period } from './Period.tsx'
import { read } from './read.ts'
import styles from './territory.module.css'

type Answer = WhatBecame['units'][number]

/** An old code or name is typed, and what it is now is said, step by step. */
export function BecamePage() {
  const t = useText()
  const url = useUrl()
  const setUrl = useSetUrl()
  const { today } = useSession()
  const { asOf } = useAsOf()
  const wanted = oneOf(url['ten']) ?? ''
  const on = oneOf(url['ngay']) ?? null
  const [typed, setTyped] = useState(wanted)
  const [day, setDay] = useState<string | null>(on)
  return (
    <>
      <PageHeader
        title={t('territory.became-title')}
        crumbs={[{ label: t('territory.title'), to: '/dia-ban' }, { label: t('territory.became-title') }]}
        state={t('territory.became-state')}
      />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          setUrl({ ten: typed.trim() || undefined, ngay: day ?? undefined }, true)
        }}
      >
        <TextField
          id="ten"
          label={t('territory.code-or-name')}
          help={t('territory.code-or-name-help')}
          letters={32}
          value={typed}
          onChange={setTyped}
          maxLength={200}
        />
        <DateField
          id="ngay"
          label={t('territory.on-day')}
          help={t('territory.on-day-help')}
          value={day}
          onChange={setDay}
          today={today}
        />
        <Button type="submit">{t('territory.ask')}</Button>
      </form>
      {wanted !== '' && <Answers wanted={wanted} on={on} asOf={asOf} />}
    </>
  )
}

function Answers({ wanted, on, asOf }: { wanted: string; on: string | null; asOf: string }) {
  const t = useText()
  const format = useFormat()
  const { data, error, refetch } = useQuery({
    queryKey: ['territory', 'became', wanted, on, asOf],
    queryFn: ({ signal }) =>
      read<WhatBecame>('/territory/what-became', { name: wanted, on: on ?? undefined, asOf }, signal),
  })
  if (error) return <LoadFailed problem={error} onRetry={() => void refetch()} />
  if (data === undefined) return <p role="status">{t('territory.loading')}</p>
  return (
    <div aria-live="polite">
      <FigureNote asOf={data.asOf} source={t('territory.source', { date: format.date(data.recordedFrom) })} />
      {data.units.length === 0 && <Empty title={t('territory.none')}>{t('territory.none-words')}</Empty>}
      {data.units.map((unit) => (
        <OneAnswer key={unit.id} unit={unit} />
      ))}
    </div>
  )
}

function OneAnswer({ unit }: { unit: Answer }) {
  const t = useText()
  return (
    <section className={styles.answer}>
      <h2>
        <Link to={unitTo(unit.id)}>{unit.name}</Link> <span className={styles.code}>{unit.code}</span>
      </h2>
      <p className={styles.quiet}>
        {unit.path.length > 0 && <>{unit.path.map((above) => above.name).join(', ')} · </>}
        <Period {...unit} />
      </p>
      {unit.isInBeing ? <p>{t('territory.still')}</p> : <Fates fates={unit.now} />}
      {!unit.isInBeing && unit.steps.length > 0 && <Steps steps={unit.steps} />}
    </section>
  )
}

function Steps({ steps }: { steps: readonly SuccessionStep[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <details>
      <summary>{t('territory.steps', { count: steps.length })}</summary>
      <ul className={styles.fates}>
        {steps.map((step) => (
          <li key={step.from.id + step.to.id + step.onDate}>
            {t('territory.step', { date: format.date(step.onDate), from: step.from.name, to: step.to.name })}{' '}
            <ExtentWord extent={step.kind} />
            {step.note !== null && <span className={styles.quiet}> {step.note}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
