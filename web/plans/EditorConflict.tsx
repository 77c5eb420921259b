import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useProblemWords } from '../kit/problem-words.ts'
import { ApiProblem } from '../kit/problem.ts'
import { useText } from '../kit/text.tsx'
import { useToast } from '../kit/Toast.tsx'
import styles from './Editor.module.css'
import type { EditedDraft } from './usePlanDraft.ts'

export function isStale(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === 'platform.stale-version'
}

/** Somebody else saved meanwhile: nothing is lost, and this person says whose words stand. */
export function EditorConflict({ planId, draft }: { planId: string; draft: EditedDraft }) {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const overwrite = useMutation({
    mutationFn: draft.overwrite,
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  function keepOwn() {
    const text = JSON.stringify(draft.value, null, 2)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    link.download = `du-thao-${planId}.json`
    link.click()
  }
  return (
    <div className={styles.conflict} role="alert">
      <h2>{t('plans.conflict')}</h2>
      <p>{t('plans.conflict-words')}</p>
      <Group gap="xs">
        <Button loading={overwrite.isPending} onClick={() => overwrite.mutate()}>
          {t('plans.conflict-mine')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            keepOwn()
            sessionStorage.removeItem(`mangnon.draft.${draft.name}`)
            location.reload()
          }}
        >
          {t('plans.conflict-theirs')}
        </Button>
      </Group>
    </div>
  )
}
