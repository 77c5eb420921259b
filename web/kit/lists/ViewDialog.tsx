import { Button, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SavedView, ViewAudience } from '#access/model'
import { ErrorSummary } from '../ErrorSummary.tsx'
import { RadioField, TextField } from '../fields.tsx'
import { useMay } from '../session.tsx'
import { useText } from '../text.tsx'
import { keepView, type ViewAsked } from './requests.ts'
import styles from './Lists.module.css'

interface ViewDialogProps {
  asked: ViewAsked
  /** The view that is changed; undefined for a new one. */
  before: SavedView | undefined
  onSaved: (view: SavedView) => void
  onClose: () => void
}

/** Asks for a view's name, and who may use it. */
export function ViewDialog({ asked, before, onSaved, onClose }: ViewDialogProps) {
  const t = useText()
  const may = useMay()
  const [name, setName] = useState(asked.name)
  const [audience, setAudience] = useState<ViewAudience>(asked.audience)
  const save = useMutation({
    mutationFn: () => keepView({ ...asked, name: name.trim(), audience }, before),
    onSuccess: onSaved,
  })
  const audiences: readonly ViewAudience[] = may('access.share-view')
    ? ['private', 'body', 'everybody']
    : ['private', 'body']
  return (
    <Modal
      opened
      onClose={onClose}
      title={before === undefined ? t('kit.view-save-title') : t('kit.view-edit-title', { name: before.name })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <ErrorSummary problem={save.error} />
        <TextField
          id="name"
          label={t('kit.view-name')}
          help={t('kit.view-keeps')}
          value={name}
          maxLength={80}
          required
          onChange={setName}
        />
        <RadioField
          id="audience"
          label={t('kit.view-audience')}
          help={t('kit.view-audience-help')}
          choices={audiences.map((one) => ({ value: one, label: t('kit.view-audience-is', { audience: one }) }))}
          value={audience}
          onChange={(chosen) => setAudience(audiences.find((one) => one === chosen) ?? 'private')}
        />
        <div className={styles.acts}>
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {t('kit.view-do-save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
