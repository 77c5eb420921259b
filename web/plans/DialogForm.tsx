import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { useText } from '../kit/text.tsx'
import styles from './Dialog.module.css'

export interface DialogFormProps {
  title: string
  /** The act in its own words. */
  act: string
  isDestructive?: boolean
  isPending?: boolean
  isBlocked?: boolean
  problem?: unknown
  onSend: () => void
  onClose: () => void
  children: ReactNode
}

/** A short form in a dialog: what was refused stands above it, with links to the fields. */
export function DialogForm(props: DialogFormProps) {
  const { title, act, isDestructive, isPending, isBlocked, problem, onSend, onClose, children } = props
  const t = useText()
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          onSend()
        }}
      >
        <ErrorSummary problem={problem} />
        {children}
        <div className={styles.acts}>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" color={isDestructive ? 'brick' : undefined} loading={isPending} disabled={isBlocked}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
