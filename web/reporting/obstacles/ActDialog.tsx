import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObstacleDetail } from '#reporting/model'
import { LongTextField, SelectField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { write } from '../../plans/requests.ts'
import { choice } from '../../plans/words.ts'
import { useRenewObstacles } from './queries.ts'

export type ObstacleActName = 'answer' | 'passing-on' | 'not-resolved' | 'closing'

interface ActDialogProps {
  obstacle: ObstacleDetail
  act: ObstacleActName
  onClose: () => void
}

/** An act on an obstacle, each with its words. */
export function ActDialog({ obstacle, act, onClose }: ActDialogProps) {
  const t = useText()
  const renew = useRenewObstacles()
  const [words, setWords] = useState('')
  const [chosen, setTo] = useState('')
  const to = chosen === '' ? (obstacle.passableTo[0]?.id ?? '') : chosen
  const acting = useMutation({
    mutationFn: () =>
      write('POST', `/reporting/obstacles/${obstacle.id}/${act}`, {
        ...{ words, version: obstacle.version },
        ...(act === 'passing-on' ? { toAgencyId: to } : {}),
      }),
    onSuccess: async () => {
      await renew()
      onClose()
    },
  })
  return (
    <DialogForm
      title={t('obstacles.act-is', { act: choice(act) })}
      act={t('obstacles.act-is', { act: choice(act) })}
      isPending={acting.isPending}
      isBlocked={words.trim() === ''}
      problem={acting.error}
      onSend={() => acting.mutate()}
      onClose={onClose}
    >
      {act === 'passing-on' && (
        <SelectField
          id="toAgencyId"
          label={t('obstacles.pass-to')}
          choices={obstacle.passableTo.map(({ id, name }) => ({ value: id, label: name }))}
          value={to}
          onChange={setTo}
        />
      )}
      <LongTextField
        id="words"
        label={t('obstacles.act-words', { act: choice(act) })}
        required
        maxLength={5000}
        value={words}
        onChange={setWords}
      />
    </DialogForm>
  )
}
