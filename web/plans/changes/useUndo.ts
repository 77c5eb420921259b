import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ChangeSetDetail } from '#plans/model'
import { useProblemWords } from '../../kit/problem-words.ts'
import { useFormat, useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { write } from '../requests.ts'
import { changeSetTo } from './addresses.ts'
import { useForget } from './queries.ts'

/** Takes back what a set changed, and says how much of it; where some was left, its rows open. */
export function useUndo(): { undo: (id: string) => void; isPending: boolean } {
  const t = useText()
  const format = useFormat()
  const toast = useToast()
  const words = useProblemWords()
  const navigate = useNavigate()
  const forget = useForget()
  const { mutate, isPending } = useMutation({
    mutationFn: (id: string) => write<ChangeSetDetail>('POST', `/change-sets/${id}/undoing`),
    onSuccess: async ({ id, counts: { done, left } }) => {
      await forget()
      const numbers = { done, left, doneNumber: format.number(done), leftNumber: format.number(left) }
      toast({ kind: left > 0 ? 'note' : 'done', text: t('changes.undone-toast', numbers) })
      if (left > 0) await navigate({ to: changeSetTo(id) })
    },
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return { undo: mutate, isPending }
}
