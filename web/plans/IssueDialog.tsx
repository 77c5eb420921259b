import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { PlanDetail } from '#plans/model'
import { Confirm } from '../kit/Confirm.tsx'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { ApiProblem } from '../kit/problem.ts'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { derivationTo, editorTo, planTo } from './addresses.ts'
import { derivationQuery, useRenew } from './queries.ts'
import { draftOf } from './draft.ts'
import { useReadiness, useRequestOnly } from './readiness.ts'
import { write } from './requests.ts'
import { numberAndDate } from './words.ts'

/** Issuing cannot be undone: it is asked once, with what is about to happen and what is still missing. */
export function IssueDialog({ plan, onClose }: { plan: PlanDetail; onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const navigate = useNavigate()
  const renew = useRenew()
  const readiness = useReadiness()
  const draft = draftOf(plan)
  const missing = readiness(draft, plan.act, useRequestOnly(plan.id, draft)).length
  const above = useQuery({ ...derivationQuery(plan.id), enabled: plan.parents.length > 0 })
  const undecided = (above.data ?? []).filter((row) => row.decision === 'undecided').length
  const issue = useMutation({
    mutationFn: () => write('POST', `/plans/${plan.id}/issue`, { version: plan.version }),
    onSuccess: async () => {
      toast({ kind: 'done', text: t('plans.was-issued') })
      onClose()
      await navigate({ to: planTo(plan.id) })
      await renew()
    },
  })
  const refused =
    issue.error instanceof ApiProblem
      ? new ApiProblem({ code: issue.error.code, title: issue.error.message, status: issue.error.status })
      : issue.error
  return (
    <Confirm
      isOpen
      title={t('plans.issue-title', { act: plan.act })}
      act={t('plans.issue')}
      isDestructive={plan.act === 'annulling'}
      isPending={issue.isPending}
      isBlocked={missing > 0}
      onConfirm={() => issue.mutate()}
      onClose={onClose}
    >
      <ErrorSummary problem={refused} />
      {missing > 0 ? (
        <p>
          {t('plans.issue-missing', { count: missing, number: format.number(missing) })}{' '}
          <Link to={`${editorTo(plan.id)}?kiem-tra=co`}>{t('plans.issue-see-missing')}</Link>
        </p>
      ) : (
        <>
          <p>{t('plans.issue-words', { act: plan.act, cited: numberAndDate(plan, t, format) })}</p>
          <p>
            {t('plans.issue-duties', {
              count: plan.nodes.filter((node) => node.kind === 'task').length,
              number: format.number(plan.nodes.filter((node) => node.kind === 'task').length),
            })}
          </p>
          {undecided > 0 && (
            <p>
              {t('plans.issue-undecided', { count: undecided, number: format.number(undecided) })}{' '}
              <Link to={derivationTo(plan.id)}>{t('plans.issue-see-undecided')}</Link>
            </p>
          )}
        </>
      )}
    </Confirm>
  )
}
