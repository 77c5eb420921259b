import { Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { mostAtOnce } from '#reporting/model'
import { WritingFile } from '../../kit/lists/WritingFile.tsx'
import { useProblemWords } from '../../kit/problem-words.ts'
import { useText } from '../../kit/text.tsx'
import { useToast } from '../../kit/Toast.tsx'
import { useDownload } from '../../plans/DownloadButton.tsx'
import { askForLetter, letterOf } from './queries.ts'

type Start = (letter: { id: string; urged: number }, format: 'docx' | 'pdf') => void

/** The file of a letter: downloaded at once, or where it names very many, made in the background with `making` showing how far it is. */
export function useLetterFile(onDone?: () => void): { start: Start; isPending: boolean; making: ReactNode } {
  const t = useText()
  const toast = useToast()
  const words = useProblemWords()
  const papers = useDownload()
  const { mutate, reset, data, isPending } = useMutation({
    mutationFn: ({ id, format }: { id: string; format: 'docx' | 'pdf' }) => askForLetter(id, format),
    onError: (problem) => {
      toast({ kind: 'problem', text: words(problem) })
      onDone?.()
    },
  })
  const close = () => {
    reset()
    onDone?.()
  }
  return {
    isPending: papers.isPending || isPending,
    start({ id, urged }, format) {
      if (urged > mostAtOnce) return mutate({ id, format })
      papers.start(letterOf(id, format), '')
      onDone?.()
    },
    making: data && (
      <Modal opened onClose={close} title={t('urging.dialog')} closeButtonProps={{ 'aria-label': t('kit.close') }}>
        <WritingFile jobId={data.jobId} onClose={close} />
      </Modal>
    ),
  }
}
