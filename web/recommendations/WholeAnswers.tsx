import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { useRenew } from '../plans/queries.ts'
import { write } from '../plans/requests.ts'
import { recommendationTo } from './addresses.ts'
import { answersQuery, useRenewRecommendations } from './queries.ts'

/** Lays the tasks that a split paragraph still has to its parts, where whoever reads may. */
export function LayToParts({ id }: { id: string }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const renewPlans = useRenew()
  const laying = useMutation({
    mutationFn: () => write('POST', `/recommendations/${id}/parts/answers`),
    onSuccess: async () => {
      await Promise.all([renew(), renewPlans()])
      toast({ kind: 'done', text: t('recommendations.laid-to-parts-done') })
    },
  })
  return (
    <>
      <ErrorSummary problem={laying.error} />
      <p className="screen-only">
        <Button variant="default" size="compact-sm" loading={laying.isPending} onClick={() => laying.mutate()}>
          {t('recommendations.lay-to-parts')}
        </Button>
      </p>
    </>
  )
}

/** Tells on a part that the paragraph it was split from still has tasks of its own. */
export function WholeHasAnswers({ wholeId }: { wholeId: string }) {
  const t = useText()
  const { data } = useQuery(answersQuery(wholeId))
  const count = data?.answers.length ?? 0
  if (count === 0) return null
  return (
    <p>
      <Link to={recommendationTo(wholeId)}>{t('recommendations.whole-has-answers', { count })}</Link>
    </p>
  )
}
