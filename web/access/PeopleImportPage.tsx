import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { peopleImportLimits, type NamedSlip, type PeopleImport } from '#access/model'
import type { Job } from '#platform/model'
import { oneOf } from '../kit/url.ts'
import { useUrl } from '../kit/address.ts'
import { send } from '../kit/api.ts'
import { LoadFailed } from '../kit/Empty.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { FileDrop } from '../kit/FileDrop.tsx'
import { JobProgress } from '../kit/JobProgress.tsx'
import { PageHeader } from '../kit/PageHeader.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './access.module.css'
import { importTo, names, peopleTo } from './addresses.ts'
import { ImportRows } from './ImportRows.tsx'
import { act, read } from './requests.ts'
import { SlipPages } from './SlipPages.tsx'
import { useProof } from './useProof.tsx'

const pollMs = 1_000

/** Many people at once: the spreadsheet, what is wrong with it, the decision, then slips or mail. */
export function PeopleImportPage() {
  const t = useText()
  const id = oneOf(useUrl()[names.import])
  const crumbs = [{ label: t('access.people'), to: peopleTo }, { label: t('access.import') }]
  return (
    <>
      <div className="screen-only">
        <PageHeader title={t('access.import')} state={t('access.import-words')} crumbs={crumbs} />
      </div>
      {id === undefined ? <Upload /> : <Import id={id} />}
    </>
  )
}

function Upload() {
  const t = useText()
  const navigate = useNavigate()
  const { prove, dialog } = useProof()
  const [file, setFile] = useState<File | null>(null)
  const loading = useMutation({
    mutationFn: (chosen: File) =>
      prove(async () => {
        const body = new Blob([await chosen.arrayBuffer()], { type: 'application/octet-stream' })
        return (await (await send('POST', '/people-imports', body)).json()) as PeopleImport
      }),
    onSuccess: ({ id }) => navigate({ to: importTo, search: { [names.import]: id } as never }),
  })
  return (
    <>
      <Section title={t('access.import-template')}>
        <p>{t('access.import-template-words')}</p>
        <div className={styles.acts}>
          <Button component="a" href="/api/v1/people-imports/template?prefilled=yes" download variant="default">
            {t('access.import-prefilled')}
          </Button>
          <Button component="a" href="/api/v1/people-imports/template" download variant="default">
            {t('access.import-empty')}
          </Button>
        </div>
      </Section>
      <Section title={t('access.import-file')}>
        <ErrorSummary problem={loading.error} />
        <FileDrop
          id="file"
          label={t('access.import-file')}
          help={t('access.import-file-help')}
          rule={{ endings: ['.xlsx', '.csv'], maxBytes: peopleImportLimits.bytes }}
          file={file}
          onFile={setFile}
        />
        <div className={styles.acts}>
          <Button disabled={file === null} loading={loading.isPending} onClick={() => file && loading.mutate(file)}>
            {t('access.import-check')}
          </Button>
        </div>
      </Section>
      {dialog}
    </>
  )
}

function Import({ id }: { id: string }) {
  const t = useText()
  const words = useProblemWords()
  const toast = useToast()
  const queries = useQueryClient()
  const { prove, dialog } = useProof()
  const [slips, setSlips] = useState<readonly NamedSlip[]>()
  const loaded = useQuery({
    queryKey: ['people-import', id],
    queryFn: ({ signal }) => read<PeopleImport>(`/people-imports/${id}`, {}, signal),
    refetchInterval: ({ state }) =>
      state.data?.state === 'checking' || state.data?.state === 'making' ? pollMs : false,
  })
  const deed = useMutation({
    mutationFn: (of: { path: string; body?: unknown }) =>
      prove(() => act<PeopleImport>(`/people-imports/${id}/${of.path}`, of.body)),
    onSuccess: (answer) => queries.setQueryData(['people-import', id], answer),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  const printing = useMutation({
    mutationFn: () => prove(() => act<NamedSlip[]>(`/people-imports/${id}/slips`)),
    onSuccess: setSlips,
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  if (loaded.error) return <LoadFailed problem={loaded.error} onRetry={() => void loaded.refetch()} />
  if (!loaded.data) return null
  if (slips) return <SlipPages slips={slips} onDone={() => setSlips(undefined)} />
  const { data } = loaded
  return (
    <>
      <Work jobId={data.jobId} />
      {data.state === 'checked' && (
        <Decision
          found={data}
          isPending={deed.isPending}
          onConfirm={(isPartial) => deed.mutate({ path: 'confirmation', body: { isPartial } })}
        />
      )}
      {data.state === 'made' && (
        <Section title={t('access.import-made', { count: data.made })}>
          <p>{t('access.import-next')}</p>
          <div className={styles.acts}>
            <Button loading={printing.isPending} onClick={() => printing.mutate()}>
              {t('access.import-slips')}
            </Button>
            {data.withMail > 0 && (
              <Button variant="default" onClick={() => deed.mutate({ path: 'mails' })}>
                {t('access.import-mails', { count: data.withMail })}
              </Button>
            )}
          </div>
        </Section>
      )}
      <ImportRows found={data} />
      {dialog}
    </>
  )
}

interface DecisionProps {
  found: PeopleImport
  isPending: boolean
  onConfirm: (isPartial: boolean) => void
}

function Decision({ found, isPending, onConfirm }: DecisionProps) {
  const t = useText()
  const format = useFormat()
  const wrong = found.total - found.good
  const words = { good: found.good, goodNumber: format.number(found.good), wrong, wrongNumber: format.number(wrong) }
  return (
    <Section title={t('access.import-found', words)}>
      <p>{t(wrong > 0 ? 'access.import-partial' : 'access.import-all', words)}</p>
      <div className={styles.acts}>
        <Button disabled={found.good === 0} loading={isPending} onClick={() => onConfirm(wrong > 0)}>
          {t('access.import-invite', words)}
        </Button>
      </div>
    </Section>
  )
}

/** The job behind what is going on, while it runs or when it failed. */
function Work({ jobId }: { jobId: string }) {
  const t = useText()
  const queries = useQueryClient()
  const job = useQuery({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => read<Job>(`/jobs/${jobId}`, {}, signal),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'queued' || state.data.state === 'running' ? pollMs : false,
  })
  const stop = useMutation({
    mutationFn: () => act<Job>(`/jobs/${jobId}/cancellation`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['job', jobId] }),
  })
  if (!job.data || job.data.state === 'done') return null
  return (
    <JobProgress
      title={t(`access.${job.data.kind.replace('access.', 'job-')}`)}
      state={job.data.state === 'queued' ? 'waiting' : job.data.state}
      done={job.data.doneCount}
      total={job.data.totalCount}
      onCancel={() => stop.mutate()}
    />
  )
}
