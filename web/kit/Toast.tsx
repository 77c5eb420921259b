import { CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react'
import { useText } from './text.tsx'
import styles from './Toast.module.css'

export interface Message {
  kind: 'done' | 'note' | 'problem'
  text: string
  /** One thing one can do about it: undo, open. */
  act?: { label: string; run: () => void }
}

const icons = { done: IconCircleCheck, note: IconInfoCircle, problem: IconAlertTriangle }
const stayMs = 8_000
const ToastContext = createContext<((message: Message) => void) | undefined>(undefined)

/** Says short messages aloud and shows them; problems stay until closed. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useText()
  const [messages, setMessages] = useState<readonly (Message & { id: number })[]>([])
  const next = useRef(1)
  const close = useCallback((id: number) => setMessages((all) => all.filter((one) => one.id !== id)), [])
  const show = useCallback(
    (message: Message) => {
      const id = next.current
      next.current += 1
      setMessages((all) => [...all.slice(-2), { ...message, id }])
      if (message.kind !== 'problem') setTimeout(() => close(id), stayMs)
    },
    [close],
  )
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.stack} role="log" aria-live="polite" aria-label={t('kit.messages')}>
        {messages.map((message) => {
          const KindIcon = icons[message.kind]
          return (
            <div key={message.id} className={styles.toast} data-kind={message.kind}>
              <KindIcon size={20} stroke={1.8} aria-hidden />
              <p>{message.text}</p>
              {message.act && (
                <button type="button" className={styles.act} onClick={message.act.run}>
                  {message.act.label}
                </button>
              )}
              <CloseButton aria-label={t('kit.close')} onClick={() => close(message.id)} />
            </div>
          )
        })}
      </div>
    </ToastContext>
  )
}

/** `const toast = useToast(); toast({ kind: 'done', text: t('plans.issued') })` */
export function useToast(): (message: Message) => void {
  const show = useContext(ToastContext)
  if (!show) throw new Error('No ToastProvider above this component')
  return show
}
