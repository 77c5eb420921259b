import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Grouping, GroupingNames } from '#recommendations/model'
import { TextField } from '../../kit/fields.tsx'
import { useFormat, useLanguage, useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { useRenewRecommendations } from '../queries.ts'
import { makeGrouping, renameGrouping } from './queries.ts'

/** The names of a grouping, the reader's language first: of a new one, or of one that is renamed. */
export function GroupingDialog({ of, onClose }: { of: Grouping | undefined; onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const renew = useRenewRecommendations()
  const { language, languages } = useLanguage()
  const [names, setNames] = useState<Readonly<Record<string, string>>>({ ...of?.names })
  const said: GroupingNames = Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => (name.trim() === '' ? [] : [[key, name.trim()]])),
  )
  const saving = useMutation({
    mutationFn: () => (of === undefined ? makeGrouping(said) : renameGrouping(of, said)),
    onSuccess: async () => {
      await renew()
      onClose()
    },
  })
  return (
    <DialogForm
      title={t(of === undefined ? 'groupings.make' : 'groupings.rename-one')}
      act={t('groupings.save')}
      isPending={saving.isPending}
      isBlocked={Object.keys(said).length === 0}
      problem={saving.error}
      onSend={() => saving.mutate()}
      onClose={onClose}
    >
      {[language, ...languages.filter((one) => one !== language)].map((one, at) => (
        <TextField
          key={one}
          id={`names-${one}`}
          label={t('groupings.name-in', { language: format.languageName(one) })}
          help={at === 0 ? t('groupings.name-help') : undefined}
          value={names[one] ?? ''}
          onChange={(name) => setNames({ ...names, [one]: name })}
        />
      ))}
    </DialogForm>
  )
}
