import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { DecideTags, RecommendationDetail, Term } from '#recommendations/model'
import { ManyPicker, type Picked } from '../kit/Picker.tsx'
import { useProblemWords } from '../kit/problem-words.ts'
import { Section } from '../kit/Section.tsx'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'
import { SuggestedTerms } from './SuggestedTerms.tsx'
import { schemes, termFinder } from './terms.ts'
import { termWords, useNames } from './words.ts'

type Decision = Omit<DecideTags['decisions'][number], 'recommendationId' | 'reason'> & { reason?: string | null }

function useDecide(id: string, onDone?: () => void) {
  const toast = useToast()
  const words = useProblemWords()
  const renew = useRenewRecommendations()
  return useMutation({
    mutationFn: (decisions: readonly Decision[]) =>
      write('POST', '/recommendations/tags', {
        decisions: decisions.map((decision) => ({ ...decision, recommendationId: id })),
      }),
    onSuccess: async () => {
      await renew()
      onDone?.()
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
}

/** How it is classed: what a person confirmed, and what is only suggested, to be confirmed or refused one by one. */
export function TagsSection({ one, mayKeep }: { one: RecommendationDetail; mayKeep: boolean }) {
  const t = useText()
  const own = useNames()
  const [isAdding, setAdding] = useState(false)
  const decide = useDecide(one.id)
  const open = new Set(one.undecided)
  const refused = one.tags.filter((tag) => tag.state === 'refused')
  const known = (numbers: readonly number[]) => numbers.flatMap((number) => own.term(number) ?? [])
  const set = (term: Term, state: Decision['state'], origin: Decision['origin']) =>
    decide.mutate([{ term: term.number, state, origin }])
  return (
    <Section
      title={t('recommendations.tags')}
      acts={
        mayKeep && (
          <Button variant="subtle" size="compact-sm" onClick={() => setAdding(true)}>
            {t('recommendations.tag-add')}
          </Button>
        )
      }
    >
      {one.terms.length === 0 && <p className={styles.quiet}>{t('recommendations.tags-none')}</p>}
      {mayKeep && open.size > 1 && (
        <p className={`${styles.acts} screen-only`}>
          <Button
            variant="default"
            size="compact-sm"
            loading={decide.isPending}
            onClick={() => decide.mutate(one.undecided.map((term) => ({ term, state: 'confirmed', origin: 'source' })))}
          >
            {t('recommendations.confirm-all')}
          </Button>
        </p>
      )}
      <dl className={styles.tags}>
        {schemes.map((scheme) => {
          const terms = known(one.terms).filter((term) => term.scheme === scheme)
          if (terms.length === 0) return null
          return (
            <div key={scheme}>
              <dt>{t(`recommendations.by-${scheme}`)}</dt>
              {terms.map((term) => (
                <dd key={term.number} data-suggested={open.has(term.number) || undefined}>
                  <span>
                    {termWords(term)}
                    {open.has(term.number) && (
                      <span className={styles.suggested}>{t('recommendations.suggested')}</span>
                    )}
                  </span>
                  {mayKeep && (
                    <span className={`${styles.small} screen-only`}>
                      {open.has(term.number) && (
                        <ActionIcon
                          variant="default"
                          aria-label={t('recommendations.confirm-term', { term: termWords(term) })}
                          onClick={() => set(term, 'confirmed', 'source')}
                        >
                          <IconCheck size={16} aria-hidden />
                        </ActionIcon>
                      )}
                      <ActionIcon
                        variant="default"
                        aria-label={t('recommendations.refuse-term', { term: termWords(term) })}
                        onClick={() => set(term, 'refused', open.has(term.number) ? 'source' : 'person')}
                      >
                        <IconX size={16} aria-hidden />
                      </ActionIcon>
                    </span>
                  )}
                </dd>
              ))}
            </div>
          )
        })}
      </dl>
      {refused.length > 0 && (
        <details className={styles.more}>
          <summary>{t('recommendations.tags-refused', { count: refused.length })}</summary>
          <ul className={styles.refused}>
            {known(refused.map(({ term }) => term)).map((term) => (
              <li key={term.number}>
                {termWords(term)}
                {mayKeep && (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    className="screen-only"
                    onClick={() => set(term, 'confirmed', 'person')}
                  >
                    {t('recommendations.confirm-after-all')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
      {mayKeep && (
        <SuggestedTerms
          id={one.id}
          onDecide={(term, state, reason) => decide.mutate([{ term, state, reason, origin: 'likeness' }])}
        />
      )}
      {isAdding && <AddDialog one={one} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function AddDialog({ one, onClose }: { one: RecommendationDetail; onClose: () => void }) {
  const t = useText()
  const own = useNames()
  const [added, setAdded] = useState<readonly Picked[]>([])
  const decide = useDecide(one.id, onClose)
  return (
    <DialogForm
      title={t('recommendations.tag-add')}
      act={t('recommendations.save')}
      isPending={decide.isPending}
      isBlocked={added.length === 0}
      problem={decide.error}
      onSend={() => decide.mutate(added.map(({ id }) => ({ term: Number(id), state: 'confirmed', origin: 'person' })))}
      onClose={onClose}
    >
      <ManyPicker
        id="terms"
        label={t('recommendations.tags')}
        help={t('recommendations.tag-add-help')}
        what="recommendation-terms"
        find={termFinder(own.lists?.terms ?? [], t)}
        value={added}
        onChange={setAdded}
      />
    </DialogForm>
  )
}
