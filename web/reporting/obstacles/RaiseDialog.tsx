import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { LongTextField, SelectField } from '../../kit/fields.tsx'
import { useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { write } from '../../plans/requests.ts'
import { useNamed } from '../reports/words.ts'
import { boardQuery, obstacleTo, useRenewObstacles } from './queries.ts'

/** Raises what stands in the way; where it goes is worked out and told on its page. */
export function RaiseDialog({ onClose }: { onClose: () => void }) {
  const t = useText()
  const named = useNamed()
  const navigate = useNavigate()
  const renew = useRenewObstacles()
  const { data } = useQuery(boardQuery)
  const [chosen, setTheme] = useState('')
  const [words, setWords] = useState('')
  const [proposal, setProposal] = useState('')
  const themes = data?.themes ?? []
  const theme = chosen === '' ? (themes[0]?.key ?? '') : chosen
  const raising = useMutation({
    mutationFn: () => write<{ id: string }>('POST', '/reporting/obstacles', { theme, words, proposal, reportId: null }),
    onSuccess: async ({ id }) => {
      await renew()
      onClose()
      await navigate({ to: obstacleTo(id) })
    },
  })
  return (
    <DialogForm
      title={t('obstacles.raise')}
      act={t('obstacles.raise-do')}
      isPending={raising.isPending}
      isBlocked={words.trim() === '' || theme === ''}
      problem={raising.error}
      onSend={() => raising.mutate()}
      onClose={onClose}
    >
      <p>{t('obstacles.raise-words', { days: data?.answerDays ?? 0 })}</p>
      <SelectField
        id="theme"
        label={t('obstacles.theme')}
        choices={themes.map(({ key, names }) => ({ value: key, label: named(names) }))}
        value={theme}
        onChange={setTheme}
      />
      <LongTextField
        id="words"
        label={t('obstacles.one')}
        help={t('obstacles.words-help')}
        required
        maxLength={5000}
        value={words}
        onChange={setWords}
      />
      <LongTextField
        id="proposal"
        label={t('obstacles.proposal')}
        maxLength={5000}
        rows={3}
        value={proposal}
        onChange={setProposal}
      />
    </DialogForm>
  )
}
