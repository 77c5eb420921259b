import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useProblemWords } from '../kit/problem-words.ts'
import { useToast } from '../kit/Toast.tsx'
import { PaperDialog } from './PaperDialog.tsx'
import { download } from './requests.ts'

/** Opens the choice of file in which a document of the plan leaves. */
export function DownloadButton({ path, name, children }: { path: string; name: string; children: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {children}
      </Button>
      {isOpen && <PaperDialog title={children} path={path} name={name} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Downloads a file as it is, for links in a list; what goes wrong is said, the page stays. */
export function useDownload(): { start: (path: string, name: string) => void; isPending: boolean } {
  const toast = useToast()
  const words = useProblemWords()
  const { mutate, isPending } = useMutation({
    mutationFn: ({ path, name }: { path: string; name: string }) => download(path, name),
    onError: (problem) => toast({ kind: 'problem', text: words(problem) }),
  })
  return { start: (path, name) => mutate({ path, name }), isPending }
}
