import { Button, CloseButton } from '@mantine/core'
import { IconFileText, IconUpload } from '@tabler/icons-react'
import { useId, useRef, useState, type DragEvent, type ReactNode } from 'react'
import { faultOf, type FileRule } from './file-check.ts'
import { useFormat, useText } from './text.tsx'
import styles from './FileDrop.module.css'

export interface FileDropProps {
  id: string
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  rule: FileRule
  file: File | null
  onFile: (file: File | null) => void
}

/** A file that is chosen or dropped; refused at once, with the reason, when its kind or size will not do. */
export function FileDrop({ id, label, help, error, rule, file, onFile }: FileDropProps) {
  const t = useText()
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const noteId = useId()
  const [fault, setFault] = useState<string | undefined>()
  const [isOver, setOver] = useState(false)
  const types = rule.endings.join(', ')
  function take(files: FileList | null) {
    const [given] = files ?? []
    if (!given || !files) return
    const code = files.length > 1 ? 'file-one' : faultOf(given, rule)
    setFault(
      code &&
        t(`kit.${code}`, { name: given.name, types, size: format.size(given.size), limit: format.size(rule.maxBytes) }),
    )
    onFile(code ? null : given)
  }
  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  const wrong = fault ?? error
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div
        className={styles.drop}
        data-over={isOver || undefined}
        data-wrong={wrong ? true : undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {file ? (
          <p className={styles.file}>
            <IconFileText size={20} stroke={1.6} aria-hidden />
            <span>
              {file.name} <span className={styles.quiet}>{format.size(file.size)}</span>
            </span>
            <CloseButton aria-label={t('kit.file-remove', { name: file.name })} onClick={() => onFile(null)} />
          </p>
        ) : (
          <>
            <IconUpload size={22} stroke={1.6} aria-hidden />
            <span>{t('kit.file-drop')}</span>
            <Button variant="default" onClick={() => input.current?.click()} tabIndex={-1} aria-hidden>
              {t('kit.file-choose')}
            </Button>
          </>
        )}
        <input
          ref={input}
          id={id}
          type="file"
          className="sr-only"
          accept={rule.endings.join(',')}
          aria-describedby={noteId}
          aria-invalid={wrong ? true : undefined}
          onChange={(event) => {
            take(event.currentTarget.files)
            event.currentTarget.value = ''
          }}
        />
      </div>
      <div id={noteId}>
        {wrong && (
          <p className={styles.wrong} role="alert">
            {wrong}
          </p>
        )}
        <p className={styles.quiet}>{help ?? t('kit.file-limits', { types, size: format.size(rule.maxBytes) })}</p>
      </div>
    </div>
  )
}
