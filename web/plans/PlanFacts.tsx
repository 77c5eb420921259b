import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { PlanDetail } from '#plans/model'
import { Confirm } from '../kit/Confirm.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { planDraftTo, planTo, versionTo } from './addresses.ts'
import { useDownload } from './DownloadButton.tsx'
import { useIsOwner } from './own.ts'
import styles from './Plan.module.css'
import { useRenew } from './queries.ts'
import { remove } from './requests.ts'
import { numberAndDate } from './words.ts'

/** The head of the document: who, when, on what basis, to whom; the files and the versions. */
export function PlanFacts({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const format = useFormat()
  const { header } = plan
  const { signature } = header
  const period =
    header.periodFrom || header.periodTo
      ? t('plans.period-of-plan', {
          shape: !header.periodTo ? 'from' : !header.periodFrom ? 'to' : 'both',
          from: header.periodFrom ? format.date(header.periodFrom) : '',
          to: header.periodTo ? format.date(header.periodTo) : '',
        })
      : undefined
  return (
    <section aria-label={t('plans.document')} className={styles.factsBox}>
      <h2>{t('plans.document')}</h2>
      <dl className={styles.facts}>
        <Fact name={t('plans.number-date')}>{numberAndDate(header, t, format)}</Fact>
        <Fact name={t('plans.issuer')}>
          {plan.issuer.name}
          {plan.owner.id !== plan.issuer.id && (
            <span className={styles.today}>
              {t('plans.answers-today', {
                name: plan.owner.name,
                hasEnded: String(plan.issuer.endedOn !== null),
                date: plan.issuer.endedOn ? format.date(plan.issuer.endedOn) : '',
              })}
            </span>
          )}
        </Fact>
        {signature.name !== '' && (
          <Fact name={t('plans.signer')}>
            {[...signature.powers, signature.post]
              .filter((part) => part !== '')
              .map((part, line) => (
                <span key={line} className={styles.capacity}>
                  {part}
                </span>
              ))}
            <span className={styles.signer}>{signature.name}</span>
          </Fact>
        )}
        {period && <Fact name={t('plans.plan-period')}>{period}</Fact>}
        {header.bases.length > 0 && (
          <Fact name={t('plans.bases')}>
            <Folded items={header.bases} />
          </Fact>
        )}
        {header.recipients.length > 0 && (
          <Fact name={t('plans.recipients')}>
            <Folded items={header.recipients} />
          </Fact>
        )}
        <Fact name={t('plans.files')}>
          <Files plan={plan} />
        </Fact>
        <Fact name={t('plans.versions')}>
          <Versions plan={plan} />
        </Fact>
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** A list in which the first three stand open. */
function Folded({ items }: { items: readonly string[] }) {
  const t = useText()
  const format = useFormat()
  const first = items.slice(0, 3)
  const rest = items.slice(3)
  return (
    <>
      <ul className={styles.lines}>
        {first.map((item, index) => (
          <li key={index}>{item}</li>
        ))}
      </ul>
      {rest.length > 0 && (
        <details>
          <summary>{t('plans.and-more', { count: rest.length, number: format.number(rest.length) })}</summary>
          <ul className={styles.lines}>
            {rest.map((item, index) => (
              <li key={index}>{item}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

type PlanFile = PlanDetail['files'][number]

function Files({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const format = useFormat()
  const { start, isPending } = useDownload()
  const toast = useToast()
  const renew = useRenew()
  const isWritten = useIsOwner(plan) && plan.versionState === 'draft' && plan.may.edit
  const [leaving, setLeaving] = useState<PlanFile>()
  const take = useMutation({
    mutationFn: (file: PlanFile) => remove(`/plans/${plan.id}/files/${file.id}`),
    onSuccess: async (_done, file) => {
      toast({ kind: 'done', text: t('plans.file-taken', { name: file.name }) })
      setLeaving(undefined)
      await renew()
    },
  })
  if (plan.files.length === 0) return t('plans.no-files')
  return (
    <>
      <ul className={styles.lines}>
        {plan.files.map((file) => (
          <li key={file.id}>
            <button
              type="button"
              className={styles.linkLike}
              disabled={isPending}
              onClick={() => start(`/plans/${plan.id}/files/${file.id}`, file.name)}
            >
              {file.name}
            </button>
            <span className={styles.quiet}>
              {t('plans.file-facts', { size: format.size(file.size), at: format.dateTime(file.storedAt) })}
            </span>
            <code className={styles.hash} title={t('plans.hash')}>
              SHA-256 {file.sha256}
            </code>
            {isWritten && (
              <button type="button" className={styles.linkLike} onClick={() => setLeaving(file)}>
                {t('plans.file-take')}
                <span className="sr-only"> {file.name}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {leaving && (
        <Confirm
          isOpen
          isDestructive
          title={t('plans.file-take-title', { name: leaving.name })}
          act={t('plans.file-take')}
          isPending={take.isPending}
          onConfirm={() => take.mutate(leaving)}
          onClose={() => setLeaving(undefined)}
        >
          <ErrorSummary problem={take.error} />
          {t('plans.file-take-words')}
        </Confirm>
      )}
    </>
  )
}

function Versions({ plan }: { plan: PlanDetail }) {
  const t = useText()
  const format = useFormat()
  return (
    <ol className={styles.lines}>
      {[...plan.versions].reverse().map((version) => {
        const words = t('plans.act-is', { act: version.act })
        const isShown = version.id === plan.versionId
        const isNewestIssued = version === plan.versions.filter((one) => one.state === 'issued').at(-1)
        const issuedTo = isNewestIssued ? planTo(plan.id) : versionTo(plan.id, version.id)
        const to = version.state === 'draft' ? planDraftTo(plan.id) : issuedTo
        return (
          <li key={version.id} aria-current={isShown || undefined}>
            {isShown ? <strong>{words}</strong> : <Link to={to}>{words}</Link>}
            <span className={styles.quiet}>
              {version.state === 'draft' ? t('plans.state-is', { state: 'draft' }) : numberAndDate(version, t, format)}
            </span>
            {version.reason !== null && <span className={styles.quiet}>{version.reason}</span>}
          </li>
        )
      })}
    </ol>
  )
}
