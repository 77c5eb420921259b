import { Button, Group } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { acceptProse, isDecided, setProse, type ProposedProse } from '#documents/model'
import { LongTextField, TextField } from '../../kit/fields.tsx'
import { useFormat, useText } from '../../kit/text.tsx'
import { FieldMark } from './FieldMark.tsx'
import { lookAt, type Review } from './useReview.ts'
import styles from './ProseParts.module.css'

/** The words of the document beside its tasks, part by part: they go into the plan and leave with it. */
export function ProseParts({ review }: { review: Review }) {
  const t = useText()
  const { prose } = review.proposal
  if (prose.length === 0) return null
  const open = prose.filter((part) => !isDecided(part)).length
  return (
    <section className={styles.parts} aria-labelledby="prose-head" id="prose">
      <div className={styles.top}>
        <h3 id="prose-head" tabIndex={-1}>
          {t('documents.screen.prose')}
        </h3>
        {open > 0 ? (
          <Button
            size="compact-md"
            leftSection={<IconCircleCheck size={18} aria-hidden />}
            disabled={!review.mayEdit}
            onClick={() => review.apply(acceptProse)}
          >
            {t('documents.screen.prose-accept', { count: open })}
          </Button>
        ) : (
          <span className={styles.quiet}>{t('documents.screen.prose-decided')}</span>
        )}
      </div>
      <p className={styles.quiet}>{t('documents.screen.prose-help')}</p>
      {prose.map((part) => (
        <Part key={part.key} part={part} review={review} />
      ))}
    </section>
  )
}

function Part({ part, review }: { part: ProposedProse; review: Review }) {
  const t = useText()
  const format = useFormat()
  const { source, paragraphs } = part
  const name = t('documents.screen.prose-part', { part: part.part })
  const [first = ''] = paragraphs
  function change(changes: Partial<Pick<ProposedProse, 'heading' | 'paragraphs'>>) {
    review.apply((proposal) => setProse(proposal, part.key, changes), part.state === 'edited' ? 'forget' : undefined)
  }
  const decide = (state: ProposedProse['state']) => review.apply((proposal) => setProse(proposal, part.key, { state }))
  const id = `prose-${part.key.replaceAll(' ', '-')}`
  return (
    <details className={styles.part} data-state={part.state}>
      <summary>
        <span className={styles.name}>
          {part.heading === null ? name : `${name}: ${part.heading}`}{' '}
          {part.state === 'rejected' ? (
            <span className={styles.quiet}>{t('documents.screen.item-state', { state: part.state })}</span>
          ) : (
            <FieldMark state={part.state} />
          )}
        </span>
        {paragraphs.length > 0 && (
          <span className={styles.opening}>
            {t('documents.screen.prose-paragraphs', { count: paragraphs.length })} · {first}
          </span>
        )}
      </summary>
      <div className={styles.fields} onFocus={() => review.show(source)}>
        {part.heading !== null && (
          <TextField
            id={`${id}-heading`}
            label={t('documents.screen.prose-heading')}
            value={part.heading}
            letters={60}
            disabled={!review.mayEdit}
            onChange={(heading) => change({ heading: heading === '' ? null : heading })}
          />
        )}
        {(paragraphs.length > 0 || part.heading === null) && (
          <LongTextField
            id={`${id}-words`}
            label={t('documents.screen.prose-words')}
            help={t('documents.screen.one-paragraph-a-line')}
            value={paragraphs.join('\n')}
            rows={Math.min(14, Math.max(3, paragraphs.length * 2))}
            disabled={!review.mayEdit}
            onChange={(words) => change({ paragraphs: words === '' ? [] : words.split('\n') })}
          />
        )}
        <Group gap="xs">
          {review.mayEdit && part.state === 'proposed' && (
            <Button size="compact-md" onClick={() => decide('accepted')}>
              {t('documents.screen.accept')}
            </Button>
          )}
          {review.mayEdit && part.state !== 'rejected' && (
            <Button size="compact-md" variant="default" onClick={() => decide('rejected')}>
              {t('documents.screen.prose-reject')}
            </Button>
          )}
          {review.mayEdit && part.state !== 'proposed' && (
            <Button size="compact-md" variant="default" onClick={() => decide('proposed')}>
              {t('documents.screen.reopen')}
            </Button>
          )}
          {source?.line != null && (
            <button type="button" className={styles.place} onClick={() => lookAt(review, source)}>
              {t('documents.screen.line', { line: format.number(source.line) })}
            </button>
          )}
        </Group>
      </div>
    </details>
  )
}
