import { Button, SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { DecidedTags, DecideTags, RecommendationSummary } from '#recommendations/model'
import { ManyPicker, type Picked } from '../kit/Picker.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'
import { termFinder, schemes } from './terms.ts'
import { termWords, useNames } from './words.ts'

type Wish = 'confirmed' | 'refused' | 'left'
type Decision = DecideTags['decisions'][number]

/** Decisions the server takes in one request. */
const most = 2000

/** Suggestions of the chosen recommendations, confirmed or refused for all of them at once; and more terms for all. */
export function BulkTagsDialog({ chosen, onClose }: { chosen: readonly RecommendationSummary[]; onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const own = useNames()
  const [wishes, setWishes] = useState<ReadonlyMap<number, Wish>>(new Map())
  const [added, setAdded] = useState<readonly Picked[]>([])
  const keeps = new Set(own.lists?.mechanisms.filter((one) => one.keeps).map((one) => one.code))
  const kept = chosen.filter((one) => keeps.has(one.mechanism))
  const suggested = [
    ...Map.groupBy(
      kept.flatMap((one) => one.undecided),
      (number) => number,
    ),
  ]
    .map(([number, all]) => ({ number, count: all.length, term: own.term(number) }))
    .sort((a, b) => b.count - a.count)
  const decisions: Decision[] = kept.flatMap((one) => [
    ...one.undecided.flatMap((term): Decision[] => {
      const state = wishes.get(term)
      return state === undefined || state === 'left'
        ? []
        : [{ recommendationId: one.id, term, state, origin: 'source', reason: null }]
    }),
    ...added.map(({ id }): Decision => ({
      ...{ recommendationId: one.id, term: Number(id), state: 'confirmed', origin: 'person', reason: null },
    })),
  ])
  const save = useMutation({
    mutationFn: async () => {
      let decided = 0
      for (let at = 0; at < decisions.length; at += most)
        decided += (
          await write<z.infer<typeof DecidedTags>>('POST', '/recommendations/tags', {
            decisions: decisions.slice(at, at + most),
          })
        ).decided
      return decided
    },
    onSuccess: async (decided) => {
      await renew()
      toast({
        kind: 'done',
        text: t('recommendations.tags-decided', { count: decided, number: format.number(decided) }),
      })
      onClose()
    },
  })
  const setAll = (wish: Wish) => setWishes(new Map(suggested.map(({ number }) => [number, wish])))
  return (
    <DialogForm
      title={t('recommendations.tag-many-title', { count: kept.length, number: format.number(kept.length) })}
      act={t('recommendations.tag-many-do', { count: decisions.length, number: format.number(decisions.length) })}
      isPending={save.isPending}
      isBlocked={decisions.length === 0}
      problem={save.error}
      onSend={() => save.mutate()}
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
      {suggested.length === 0 ? (
        <p className={styles.quiet}>{t('recommendations.suggestions-none')}</p>
      ) : (
        <div className={styles.acts}>
          <Button variant="default" size="compact-sm" onClick={() => setAll('confirmed')}>
            {t('recommendations.confirm-all')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => setAll('refused')}>
            {t('recommendations.refuse-all')}
          </Button>
        </div>
      )}
      {schemes.map((scheme) => {
        const rows = suggested.filter(({ term }) => term?.scheme === scheme)
        if (rows.length === 0) return null
        return (
          <section key={scheme} aria-label={t(`recommendations.by-${scheme}`)}>
            <h3 className={styles.part}>{t(`recommendations.by-${scheme}`)}</h3>
            <ul className={styles.wishes}>
              {rows.map(({ number, count, term }) => (
                <li key={number}>
                  <span>
                    {term && termWords(term)}
                    <span className={styles.detail}>
                      {t('recommendations.suggested-for', { count, number: format.number(count) })}
                    </span>
                  </span>
                  <SegmentedControl
                    size="xs"
                    aria-label={term && termWords(term)}
                    value={wishes.get(number) ?? 'left'}
                    onChange={(wish) => setWishes(new Map(wishes).set(number, wish as Wish))}
                    data={(['confirmed', 'refused', 'left'] as const).map((wish) => ({
                      value: wish,
                      label: t('recommendations.wish-is', { wish }),
                    }))}
                  />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
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
    </DialogForm>
  )
}
