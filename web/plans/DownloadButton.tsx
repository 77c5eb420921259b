import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useProblemWords } from '../kit/problem-words.ts'
import { useToast } from '../kit/Toast.tsx'
import { download } from './requests.ts'

/** Downloads a file; what goes wrong is said, the page stays. */
export function DownloadButton({ path, name, children }: { path: string; name: string; children: ReactNode }) {
  const { start, isPending } = useDownload()
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
      loading={isPending}
      onClick={() => start(path, name)}
    >
      {children}
    </Button>
  )
}

/** The same as an act, for menus and links in a list. */
export function useDownload(): { start: (path: string, name: string) => void; isPending: boolean } {
  const toast = useToast()
  const words = useProblemWords()
  const { mutate, isPending } = useMutation({
    mutationFn: ({ path, name }: { path: string; name: string }) => download(path, name),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return { start: (path, name) => mutate({ path, name }), isPending }
}
