import { Button, Group, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useCallback, useRef, useState, type ReactNode } from 'react'
import { problemAt } from '../kit/field-problems.ts'
import { PasswordField } from '../kit/fields.tsx'
import { ApiProblem } from '../kit/problem.ts'
import { useProblemWords } from '../kit/problem-words.ts'
import { useText } from '../kit/text.tsx'
import styles from './access.module.css'
import { act } from './requests.ts'

interface Waiting {
  proceed: () => void
  giveUp: (reason: unknown) => void
}

/**
 * Runs acts that ask for a password given lately: when the server wants it again, asks for it and runs the act anew.
 * `dialog` must stand somewhere on the page.
 */
export function useProof(): { prove: <T>(work: () => Promise<T>) => Promise<T>; dialog: ReactNode } {
  const [isAsking, setAsking] = useState(false)
  const waiting = useRef<Waiting | undefined>(undefined)
  const prove = useCallback(async <T,>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.code !== 'access.proof-needed') throw problem
      await new Promise<void>((proceed, giveUp) => {
        waiting.current = { proceed, giveUp: () => giveUp(problem) }
        setAsking(true)
      })
      return await work()
    }
  }, [])
  const close = (isProved: boolean) => {
    setAsking(false)
    if (isProved) waiting.current?.proceed()
    else waiting.current?.giveUp(undefined)
    waiting.current = undefined
  }
  return { prove, dialog: <ProofDialog isOpen={isAsking} onClose={close} /> }
}

function ProofDialog({ isOpen, onClose }: { isOpen: boolean; onClose: (isProved: boolean) => void }) {
  const t = useText()
  return (
    <Modal
      opened={isOpen}
      onClose={() => onClose(false)}
      title={t('access.proof-title')}
      centered
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {isOpen && <ProofForm onClose={onClose} />}
    </Modal>
  )
}

function ProofForm({ onClose }: { onClose: (isProved: boolean) => void }) {
  const t = useText()
  const words = useProblemWords()
  const [password, setPassword] = useState('')
  const proof = useMutation({
    mutationFn: () => act<void>('/session/proof', { password }),
    onSuccess: () => onClose(true),
  })
  const problem = proof.error
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        proof.mutate()
      }}
    >
      <p>{t('access.proof-words')}</p>
      <PasswordField
        id="password"
        label={t('app.password')}
        showLabel={t('app.show-password')}
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        error={problem ? (problemAt(problem, 'password') ?? words(problem)) : undefined}
      />
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => onClose(false)}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit" loading={proof.isPending}>
          {t('access.proof-give')}
        </Button>
      </Group>
    </form>
  )
}
