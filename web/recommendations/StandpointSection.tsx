import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { OwnPosition, type RecommendationDetail } from '#recommendations/model'
import { CheckField, LongTextField, SelectField } from '../kit/fields.tsx'
import { Section } from '../kit/Section.tsx'
import { useFormat, useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import { DialogForm } from '../plans/DialogForm.tsx'
import { write } from '../plans/requests.ts'
import { choice } from '../plans/words.ts'
import { useRenewRecommendations } from './queries.ts'
import styles from './Recommendations.module.css'

interface Props {
  one: RecommendationDetail
  mayKeep: boolean
}

/** What the State says of it: the position it gave in the review, its own, its answer. */
export function StandpointSection({ one, mayKeep }: Props) {
  const t = useText()
  const format = useFormat()
  const [isEditing, setEditing] = useState(false)
  const { standpoint, positionPrinted } = one
  const isSilent =
    positionPrinted === null &&
    one.responsePrinted === null &&
    (standpoint === null || (standpoint.position === null && standpoint.response === null))
  return (
    <Section
      title={t('recommendations.standpoint')}
      acts={
        mayKeep && (
          <Button variant="subtle" size="compact-sm" onClick={() => setEditing(true)}>
            {t('recommendations.edit')}
          </Button>
        )
      }
    >
      {isSilent && <p className={styles.quiet}>{t('recommendations.standpoint-none')}</p>}
      <dl className={styles.facts}>
        {positionPrinted !== null && (
          <div>
            <dt>{t('recommendations.position-printed')}</dt>
            <dd>{t('recommendations.position-is', { code: positionPrinted })}</dd>
          </div>
        )}
        {one.responsePrinted !== null && (
          <div>
            <dt>{t('recommendations.response-printed')}</dt>
            <dd className={styles.long}>{one.responsePrinted}</dd>
          </div>
        )}
        {standpoint?.position && (
          <div>
            <dt>{t('recommendations.position-own')}</dt>
            <dd>{t('recommendations.position-is', { code: choice(standpoint.position) })}</dd>
          </div>
        )}
        {standpoint?.response && (
          <div>
            <dt>{t('recommendations.response')}</dt>
            <dd>{standpoint.response}</dd>
          </div>
        )}
      </dl>
      {standpoint && (
        <p className={styles.quiet}>
          {t('recommendations.standpoint-by', {
            person: standpoint.changedBy ?? t('plans.someone'),
            at: format.dateTime(standpoint.changedAt),
          })}
        </p>
      )}
      {isEditing && <StandpointDialog one={one} onClose={() => setEditing(false)} />}
    </Section>
  )
}

const noPosition = ''

function StandpointDialog({ one, onClose }: { one: RecommendationDetail; onClose: () => void }) {
  const t = useText()
  const toast = useToast()
  const renew = useRenewRecommendations()
  const { standpoint } = one
  const [position, setPosition] = useState<string>(standpoint?.position ?? noPosition)
  const [response, setResponse] = useState(standpoint?.response ?? '')
  const [isUrgent, setUrgent] = useState(standpoint?.isUrgent ?? one.isUrgent)
  const save = useMutation({
    mutationFn: () =>
      write('PUT', `/recommendations/${one.id}/standpoint`, {
        position: position === noPosition ? null : position,
        response: response.trim() === '' ? null : response.trim(),
        isUrgent,
        version: standpoint?.version ?? null,
      }),
    onSuccess: async () => {
      await renew()
      toast({ kind: 'done', text: t('recommendations.saved') })
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('recommendations.standpoint')}
      act={t('recommendations.save')}
      isPending={save.isPending}
      problem={save.error}
      onSend={() => save.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="position"
        label={t('recommendations.position-own')}
        help={t('recommendations.position-help')}
        choices={[
          { value: noPosition, label: t('recommendations.position-none') },
          ...OwnPosition.options.map((code) => ({
            value: code,
            label: t('recommendations.position-is', { code: choice(code) }),
          })),
        ]}
        value={position}
        onChange={setPosition}
      />
      <LongTextField
        id="response"
        label={t('recommendations.response')}
        value={response}
        onChange={setResponse}
        rows={5}
        maxLength={20_000}
      />
      <CheckField
        id="isUrgent"
        label={t('recommendations.urgent-mark')}
        help={one.isUrgentPrinted ? t('recommendations.urgent-printed') : undefined}
        disabled={one.isUrgentPrinted}
        value={one.isUrgentPrinted || isUrgent}
        onChange={setUrgent}
      />
    </DialogForm>
  )
}
