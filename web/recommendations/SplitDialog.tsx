import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { ProposedParts, RecommendationDetail } from '#recommendations/model'
import { LongTextField, TextField } from '../kit/fields.tsx'
import { useMay } from '../kit/session.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { read, write } from '../plans/requests.ts'
import { shorten } from '../plans/words.ts'
import { LaidToParts } from './LaidToParts.tsx'
import { answersQuery, useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'

interface Row {
  key: number
  part: string
  text: string
  /** By kind and language. */
  wordings: Readonly<Record<string, string>>
}
type Proposed = z.infer<typeof ProposedParts>

/** The printed letters propose parts; a person changes them and says they stand for the paragraph. */
export function SplitDialog({ one, onClose }: { one: RecommendationDetail; onClose: () => void }) {
  const { data } = useQuery({
    queryKey: ['recommendations', 'proposed', one.id],
    queryFn: ({ signal }) => read<Proposed>(`/recommendations/${one.id}/proposed-parts`, {}, signal),
  })
  return data === undefined ? null : <Parts one={one} proposed={data} onClose={onClose} />
}

type Chosen = Readonly<Record<string, readonly string[]>>

function wordingKey({ kind, language }: { kind: string; language: string }): string {
  return `${kind} ${language}`
}

/** The letter after so many parts. */
const letter = (at: number) => String.fromCharCode('a'.charCodeAt(0) + (at % 26))

function Parts({ one, proposed, onClose }: { one: RecommendationDetail; proposed: Proposed; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const start =
    proposed.parts.length > 1
      ? proposed.parts
      : [
          { part: 'a', text: one.text, wordings: [] },
          { part: 'b', text: '', wordings: [] },
        ]
  const [rows, setRows] = useState<readonly Row[]>(
    start.map(({ wordings, ...part }, key) => ({
      ...part,
      key,
      wordings: Object.fromEntries(wordings.map((wording) => [wordingKey(wording), wording.text])),
    })),
  )
  const format = useFormat()
  const may = useMay()
  const { data: answered } = useQuery({ ...answersQuery(one.id), enabled: may('plans.read') })
  const signs = [...new Set(rows.map(({ part }) => part.trim()).filter((part) => part !== ''))]
  const [chosenAnswers, setChosenAnswers] = useState<Chosen>({})
  const [chosenAssessments, setChosenAssessments] = useState<Chosen>({})
  const answers = (answered?.answers ?? []).map((answer) => ({
    id: answer.id,
    words: `${answer.path} ${shorten(answer.text, 160)}`,
    parts: (chosenAnswers[answer.id] ?? signs).filter((sign) => signs.includes(sign)),
  }))
  const assessments = one.assessments.map((assessment) => ({
    id: assessment.id,
    words: t('recommendations.laid-assessment', {
      aspect: t('recommendations.aspect-is', { code: assessment.aspect }),
      finding: shorten(assessment.finding, 160),
    }),
    parts: (chosenAssessments[assessment.id] ?? []).filter((sign) => signs.includes(sign)),
  }))
  const split = useMutation({
    mutationFn: () =>
      write('POST', `/recommendations/${one.id}/parts`, {
        version: one.version,
        parts: rows.map(({ part, text, wordings }) => ({
          part: part.trim(),
          text: text.trim(),
          wordings: one.wordings.flatMap(({ kind, language, ...wording }) => {
            const words = wordings[wordingKey({ kind, language, ...wording })]?.trim() ?? ''
            return words === '' ? [] : [{ kind, language, text: words }]
          }),
        })),
        answers: answers.map(({ id, parts }) => ({ id, parts })),
        assessments: assessments.flatMap(({ id, parts }) => (parts.length === 0 ? [] : [{ id, parts }])),
      }),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('recommendations.split-done', { count: rows.length }) })
      onClose()
    },
  })
  const change = (key: number, to: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...to } : row)))
  return (
    <DialogForm
      title={t('recommendations.split')}
      act={t('recommendations.split-do', { count: rows.length })}
      isPending={split.isPending}
      isBlocked={
        rows.length < 2 ||
        rows.some((row) => row.part.trim() === '' || row.text.trim() === '') ||
        answers.some(({ parts }) => parts.length === 0)
      }
      problem={split.error}
      onSend={() => split.mutate()}
      onClose={onClose}
    >
      <p>{t(proposed.parts.length > 1 ? 'recommendations.split-proposed' : 'recommendations.split-by-hand')}</p>
      {proposed.lead !== '' && proposed.parts.length > 1 && (
        <blockquote className={styles.quote} lang={one.language}>
          {proposed.lead}
        </blockquote>
      )}
      {rows.map((row, at) => (
        <div key={row.key} className={styles.splitRow}>
          <TextField
            id={`parts.${at}.part`}
            label={t('recommendations.part-letter')}
            letters={5}
            required
            maxLength={10}
            value={row.part}
            onChange={(part) => change(row.key, { part })}
          />
          <LongTextField
            id={`parts.${at}.text`}
            label={t('recommendations.part-text', { part: row.part })}
            required
            rows={3}
            maxLength={20_000}
            value={row.text}
            onChange={(text) => change(row.key, { text })}
          />
          {one.wordings.map((wording) => (
            <LongTextField
              key={wordingKey(wording)}
              id={`parts.${at}.wordings.${wordingKey(wording)}`}
              label={t('recommendations.part-wording', {
                ...{ kind: wording.kind, part: row.part },
                language: format.languageName(wording.language),
              })}
              rows={2}
              maxLength={20_000}
              value={row.wordings[wordingKey(wording)] ?? ''}
              onChange={(text) => change(row.key, { wordings: { ...row.wordings, [wordingKey(wording)]: text } })}
            />
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={rows.length <= 2}
            aria-label={t('recommendations.part-remove', { part: row.part })}
            onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
          >
            {t('recommendations.remove')}
          </Button>
        </div>
      ))}
      <p>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() =>
            setRows([
              ...rows,
              { key: Math.max(...rows.map(({ key }) => key)) + 1, part: letter(rows.length), text: '', wordings: {} },
            ])
          }
        >
          {t('recommendations.part-add')}
        </Button>
      </p>
      <LaidToParts
        title={t('recommendations.laid-answers')}
        help={t('recommendations.laid-answers-help')}
        signs={signs}
        laid={answers}
        onChange={(id, parts) => setChosenAnswers({ ...chosenAnswers, [id]: parts })}
      />
      <LaidToParts
        title={t('recommendations.laid-assessments')}
        help={t('recommendations.laid-assessments-help')}
        signs={signs}
        laid={assessments}
        onChange={(id, parts) => setChosenAssessments({ ...chosenAssessments, [id]: parts })}
      />
      <p className={styles.quiet}>{t('recommendations.split-means')}</p>
    </DialogForm>
  )
}
