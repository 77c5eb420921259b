import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { RecommendationDetail } from '#recommendations/model'
import { LongTextField } from '../kit/fields.tsx'
import { StatusBadge } from '../kit/StatusBadge.tsx'
import { useFormat, useLanguage, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'

type Wording = RecommendationDetail['wordings'][number]
type Kind = Wording['kind']

/** What is asked: in plain words, in the reader's language, and as it was printed. */
export function WordsSection({ one, mayKeep }: { one: RecommendationDetail; mayKeep: boolean }) {
  const t = useText()
  const { language } = useLanguage()
  const [editing, setEditing] = useState<Kind>()
  const wording = (kind: Kind) => one.wordings.find((each) => each.kind === kind && each.language === language)
  const plain = wording('plain')
  const translation = one.language === language ? undefined : wording('translation')
  const others = one.wordings.filter((each) => each.language !== language && each.language !== one.language)
  return (
    <section aria-label={t('recommendations.words')} className={styles.words}>
      {plain && (
        <div>
          <p className={styles.plain}>{plain.text}</p>
          <Said wording={plain} />
        </div>
      )}
      {translation && (
        <div>
          <h2 className={styles.part}>{t('recommendations.translation')}</h2>
          <blockquote className={styles.quote}>{translation.text}</blockquote>
          <Said wording={translation} />
        </div>
      )}
      <div>
        <h2 className={styles.part}>
          {t('recommendations.official', { language: t(`recommendations.language-${known(one.language)}`) })}
        </h2>
        <blockquote className={styles.quote} lang={one.language}>
          {one.text}
        </blockquote>
      </div>
      {one.hasIncoming && <StatusBadge tone="soon">{t('recommendations.has-incoming')}</StatusBadge>}
      {others.length > 0 && (
        <details className={styles.more}>
          <summary>{t('recommendations.other-languages')}</summary>
          {others.map((each) => (
            <div key={`${each.kind} ${each.language}`}>
              <h3 className={styles.part}>
                {t('recommendations.wording-in', {
                  kind: each.kind,
                  language: t(`recommendations.language-${known(each.language)}`),
                })}
              </h3>
              <blockquote className={styles.quote} lang={each.language}>
                {each.text}
              </blockquote>
            </div>
          ))}
        </details>
      )}
      <Earlier one={one} />
      {mayKeep && (
        <p className={`${styles.acts} screen-only`}>
          <Button variant="default" size="compact-sm" onClick={() => setEditing('plain')}>
            {t('recommendations.edit-wording', { kind: 'plain', is: plain ? 'there' : 'new' })}
          </Button>
          {one.language !== language && (
            <Button variant="default" size="compact-sm" onClick={() => setEditing('translation')}>
              {t('recommendations.edit-wording', { kind: 'translation', is: translation ? 'there' : 'new' })}
            </Button>
          )}
        </p>
      )}
      {editing && (
        <WordingDialog one={one} kind={editing} before={wording(editing)} onClose={() => setEditing(undefined)} />
      )}
    </section>
  )
}

/** Languages whose names the messages hold; the others are called by their code. */
const named = ['vi', 'en', 'fr', 'es', 'ru', 'zh', 'ar']
const known = (language: string) => (named.includes(language) ? language : 'other')

/** Who last wrote it, and whether the printed text changed since. */
function Said({ wording }: { wording: Wording }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      {wording.isOutdated && <StatusBadge tone="late">{t('recommendations.wording-outdated')}</StatusBadge>}
      <p className={styles.quiet}>
        {t('recommendations.wording-by', {
          kind: wording.kind,
          person: wording.changedBy ?? t('plans.someone'),
          at: format.dateTime(wording.changedAt),
        })}
      </p>
    </>
  )
}

/** What the printed text was before a later file changed it. */
function Earlier({ one }: { one: RecommendationDetail }) {
  const t = useText()
  const format = useFormat()
  if (one.earlierTexts.length === 0) return null
  return (
    <details className={styles.more}>
      <summary>{t('recommendations.earlier-texts', { count: one.earlierTexts.length })}</summary>
      {one.earlierTexts.map((earlier) => (
        <div key={earlier.until}>
          <h3 className={styles.part}>{t('recommendations.text-until', { at: format.dateTime(earlier.until) })}</h3>
          <blockquote className={styles.quote} lang={one.language}>
            {earlier.text}
          </blockquote>
        </div>
      ))}
    </details>
  )
}

interface WordingDialogProps {
  one: RecommendationDetail
  kind: Kind
  before: Wording | undefined
  onClose: () => void
}

function WordingDialog({ one, kind, before, onClose }: WordingDialogProps) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const { language } = useLanguage()
  const [text, setText] = useState(before?.text ?? '')
  const save = useMutation({
    mutationFn: () =>
      write('PUT', `/recommendations/${one.id}/wording`, {
        ...{ kind, language, text: text.trim(), version: before?.version ?? null },
      }),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('recommendations.saved') })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('recommendations.wording-title', { kind })}
      act={t('recommendations.save')}
      isPending={save.isPending}
      isBlocked={text.trim() === ''}
      problem={save.error}
      onSend={() => save.mutate()}
      onClose={onClose}
    >
      <blockquote className={styles.quote} lang={one.language}>
        {one.text}
      </blockquote>
      <LongTextField
        id="text"
        label={t('recommendations.wording-text', { kind })}
        help={t('recommendations.wording-help', { kind })}
        value={text}
        onChange={setText}
        rows={7}
        required
        maxLength={20_000}
      />
    </DialogForm>
  )
}
