import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from './text.tsx'

export interface ConfirmProps {
  isOpen: boolean
  title: string
  /** What will happen, to how many, and whether it can be undone. */
  children: ReactNode
  /** The act in its own words: "Ký và gửi", never "OK". */
  act: string
  isDestructive?: boolean
  isPending?: boolean
  /** The act may not be done yet: a reason is missing. */
  isBlocked?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks once before what cannot be undone. */
export function Confirm({
  isOpen,
  title,
  children,
  act,
  isDestructive,
  isPending,
  isBlocked,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const t = useText()
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': t('kit.close') }}>
      {children}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button
          color={isDestructive ? 'brick' : undefined}
          loading={isPending}
          disabled={isBlocked}
          onClick={onConfirm}
        >
          {act}
        </Button>
      </Group>
    </Modal>
  )
}
