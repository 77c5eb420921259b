import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { missingHeader } from '#documents/model'
import { ErrorSummary } from '../../kit/ErrorSummary.tsx'
import { ManyPicker, type Picked } from '../../kit/Picker.tsx'
import { useMay, useSession } from '../../kit/session.tsx'
import { useText } from '../../kit/text.tsx'
import { findPlans, makePlan } from '../imports-api.ts'
import type { Review } from './useReview.ts'
import styles from './Finish.module.css'

/** The last step: what is still open, the plans above, and the act. */
export function Finish({ review }: { review: Review }) {
  const t = useText()
  const may = useMay()
  const { posts, actingPostId } = useSession()
  const own = posts.find((post) => post.id === actingPostId)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [parents, setParents] = useState<readonly Picked[]>([])
  const { agencyId: issuerId } = review.proposal.issuer
  const make = useMutation({
    mutationFn: async (issuer: string) => {
      await review.saveNow()
      return makePlan(
        review.id,
        issuer,
        parents.map((plan) => plan.id),
      )
    },
    onSuccess: async ({ planId }) => {
      await queries.invalidateQueries({ queryKey: ['documents'] })
      void navigate({ to: `/ke-hoach/${planId}` })
    },
  })
  if (review.detail.state === 'confirmed') {
    return review.detail.planId === null ? null : (
      <section className={styles.finish} id="finish">
        <p>{t('documents.screen.became-plan')}</p>
        <Button component={Link} to={`/ke-hoach/${review.detail.planId}`}>
          {t('documents.screen.open-plan')}
        </Button>
      </section>
    )
  }
  const open = [
    ...review.hindrances.map(({ code, count, field }) => ({
      key: `${code} ${field ?? ''}`,
      words: fieldWords(t, field) + t(code, { count }),
      target: field === undefined ? (code.startsWith('documents.prose') ? 'prose-head' : undefined) : `head-${field}`,
    })),
    ...(issuerId === null
      ? [{ key: 'issuer', words: t('documents.screen.issuer-missing'), target: 'head-issuer' }]
      : []),
  ]
  const { unmatchedDuties, confirmed } = review.progress
  const isOpen = (name: string) => open.some((each) => each.target === `head-${name}`)
  const needed = missingHeader(review.proposal.header).filter((name) => !isOpen(name))
  return (
    <section className={styles.finish} id="finish" aria-label={t('documents.screen.make-plan')}>
      <h3>{t('documents.screen.make-plan')}</h3>
      {open.length > 0 ? (
        <ul className={styles.open}>
          {open.map((each) => (
            <li key={each.key}>
              {each.target ? (
                <a href={`#${each.target}`} onClick={(event) => goTo(event, each.target)}>
                  {each.words}
                </a>
              ) : (
                each.words
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p>{t('documents.screen.ready', { count: confirmed })}</p>
      )}
      {needed.length > 0 && (
        <p className={styles.quiet}>
          {t('documents.screen.needed-later', {
            count: needed.length,
            fields: needed.map((name) => t('documents.screen.field', { name })).join(', '),
          })}
        </p>
      )}
      {unmatchedDuties > 0 && (
        <p className={styles.quiet}>{t('documents.screen.unmatched', { count: unmatchedDuties })}</p>
      )}
      {may('plans.draft') && (
        <>
          <ManyPicker
            id="parents"
            label={t('documents.screen.parents')}
            help={t('documents.screen.parents-help')}
            what={`documents.parents ${own?.agencyId ?? ''}`}
            find={(search, signal) => findPlans(search, own?.agencyId ?? null, signal)}
            value={parents}
            onChange={setParents}
          />
          <ErrorSummary problem={make.error} />
          <Button
            disabled={open.length > 0 || issuerId === null || !review.mayEdit}
            loading={make.isPending}
            onClick={() => issuerId !== null && make.mutate(issuerId)}
          >
            {t('documents.screen.make-plan')}
          </Button>
        </>
      )}
    </section>
  )
}

function fieldWords(t: ReturnType<typeof useText>, field: string | undefined): string {
  return field === undefined ? '' : `${t('documents.screen.field', { name: field })}: `
}

function goTo(event: React.MouseEvent, id: string | undefined): void {
  event.preventDefault()
  const target = document.getElementById(id ?? '')
  target?.scrollIntoView({ block: 'center' })
  target?.focus()
}
