import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ChangeSetDetail } from '#plans/model'
import type { RecommendationSummary } from '#recommendations/model'
import { LoadFailed } from '../kit/Empty.tsx'
import { ManyPicker, type Picked } from '../kit/Picker.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { changeSetTo } from '../plans/changes/addresses.ts'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { BulkTerm } from './BulkTerm.tsx'
import { bulkTermsOf, decisionsOf, mostDecisions, wished, type Wish, type Wishes } from './bulk-tags.ts'
import { manySuggestionsQuery } from './queries.ts'
import styles from './Recommendations.module.css'
import { schemes, termFinder } from './terms.ts'
import { useNames } from './words.ts'

/** Suggestions of the chosen recommendations, of their source and by likeness of words: decided one by one or for all, looked at before it is done. */
export function BulkTagsDialog({ chosen, onClose }: { chosen: readonly RecommendationSummary[]; onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const own = useNames()
  const [wishes, setWishes] = useState<Wishes>(new Map())
  const [added, setAdded] = useState<readonly Picked[]>([])
  const keeps = new Set(own.lists?.mechanisms.filter((one) => one.keeps).map((one) => one.code))
  const kept = chosen.filter((one) => keeps.has(one.mechanism))
  const likely = useQuery(manySuggestionsQuery(kept.map(({ id }) => id)))
  const rows = bulkTermsOf(kept, likely.data ?? [], own.term)
  const decisions = decisionsOf(
    rows,
    wishes,
    kept,
    added.map(({ id }) => Number(id)),
  )
  const looking = useMutation({
    mutationFn: () => write<ChangeSetDetail>('POST', '/recommendations/tags/changes', { decisions }),
    onSuccess: ({ id }) => navigate({ to: changeSetTo(id) }),
  })
  const isReady = own.lists !== undefined && !likely.isLoading
  const setAll = (wish: Wish) =>
    setWishes(
      wished(
        wishes,
        rows.flatMap((row) => row.of),
        wish,
      ),
    )
  return (
    <DialogForm
      title={t('recommendations.tag-many-title', { count: kept.length, number: format.number(kept.length) })}
      act={t('recommendations.tag-many-look', { count: decisions.length, number: format.number(decisions.length) })}
      isPending={looking.isPending}
      isBlocked={decisions.length === 0 || decisions.length > mostDecisions}
      problem={looking.error}
      onSend={() => looking.mutate()}
      onClose={onClose}
    >
      {kept.length < chosen.length && (
        <p>
          {t('recommendations.not-kept', {
            count: chosen.length - kept.length,
            number: format.number(chosen.length - kept.length),
          })}
        </p>
      )}
      {likely.error && <LoadFailed problem={likely.error} onRetry={() => void likely.refetch()} />}
      {!isReady && <p role="status">{t('recommendations.comparing')}</p>}
      {isReady && rows.length === 0 && <p className={styles.quiet}>{t('recommendations.suggestions-none')}</p>}
      {isReady && rows.length > 0 && (
        <>
          <p className={styles.quiet}>{t('recommendations.tag-many-help')}</p>
          <div className={styles.acts}>
            {(['confirmed', 'refused', 'left'] as const).map((wish) => (
              <Button key={wish} variant="default" size="compact-sm" onClick={() => setAll(wish)}>
                {t('recommendations.all-are', { wish })}
              </Button>
            ))}
          </div>
          {schemes.map((scheme) => {
            const ofScheme = rows.filter(({ term }) => term.scheme === scheme)
            if (ofScheme.length === 0) return null
            return (
              <section key={scheme} aria-label={t(`recommendations.by-${scheme}`)}>
                <h3 className={styles.part}>{t(`recommendations.by-${scheme}`)}</h3>
                <ul className={styles.wishes}>
                  {ofScheme.map((row) => (
                    <BulkTerm
                      key={row.term.number}
                      row={row}
                      wishes={wishes}
                      onWish={(of, wish) => setWishes(wished(wishes, of, wish))}
                    />
                  ))}
                </ul>
              </section>
            )
          })}
        </>
      )}
      {kept.length > 0 && (
        <ManyPicker
          id="added"
          label={t('recommendations.tag-add-all')}
          help={t('recommendations.tag-add-help')}
          what="recommendation-terms"
          find={termFinder(own.lists?.terms ?? [], t)}
          value={added}
          onChange={setAdded}
        />
      )}
      {decisions.length > mostDecisions && (
        <p role="status">
          {t('recommendations.tag-too-many', {
            number: format.number(decisions.length),
            most: format.number(mostDecisions),
          })}
        </p>
      )}
    </DialogForm>
  )
}
