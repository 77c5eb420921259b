import { Button, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { packageLimits, SystemCode, type TakenPackage } from '#indicators/model'
import { TextField } from '../../kit/fields.tsx'
import { FileDrop } from '../../kit/FileDrop.tsx'
import { useText } from '../../kit/text.tsx'
import { DialogForm } from '../../plans/DialogForm.tsx'
import { useRenewIndicators } from '../queries.ts'
import own from './Exchange.module.css'
import { givePackage } from './queries.ts'

/** Gives a package of another system's metadata; then tells what of it is listed and what could not be read. */
export function PackageDialog({ systems, onClose }: { systems: readonly string[]; onClose: () => void }) {
  const t = useText()
  const renew = useRenewIndicators()
  const [system, setSystem] = useState(systems[0] ?? 'dhis2')
  const [file, setFile] = useState<File | null>(null)
  const isNamed = SystemCode.safeParse(system).success
  const giving = useMutation({
    mutationFn: (given: File) => givePackage(given, system),
    onSuccess: () => renew(),
  })
  if (giving.data !== undefined) return <Taken taken={giving.data} onClose={onClose} />
  return (
    <DialogForm
      title={t('indicators.exchange-give')}
      act={t('indicators.exchange-give-do')}
      isPending={giving.isPending}
      isBlocked={file === null || !isNamed}
      problem={giving.error}
      onSend={() => file && giving.mutate(file)}
      onClose={onClose}
    >
      <p className={own.facts}>{t('indicators.exchange-give-words')}</p>
      <TextField
        id="system"
        label={t('indicators.things-column-system')}
        help={t('indicators.exchange-system-help')}
        error={isNamed ? undefined : t('indicators.exchange-system-wrong')}
        required
        letters={24}
        maxLength={40}
        value={system}
        onChange={setSystem}
      />
      <FileDrop
        id="file"
        label={t('indicators.exchange-file')}
        rule={{ endings: ['.json'], maxBytes: packageLimits.bytes }}
        file={file}
        onFile={setFile}
      />
    </DialogForm>
  )
}

function Taken({ taken, onClose }: { taken: TakenPackage; onClose: () => void }) {
  const t = useText()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('indicators.exchange-given')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <ul>
        {taken.kinds.map(({ kind, made, known }) => (
          <li key={kind}>
            {t('indicators.exchange-given-of', { kind: t(`indicators.things-kind-${kind}`), made, known })}
          </li>
        ))}
      </ul>
      {taken.refused > 0 && (
        <>
          <p>{t('indicators.exchange-given-refused', { count: taken.refused, shown: taken.problems.length })}</p>
          <ul className={own.problems} tabIndex={0}>
            {taken.problems.map(({ list, number, name, title }) => (
              <li key={`${list} ${number} ${title}`}>
                {[`${list} ${number}`, name, title].filter((one) => one !== null).join(' · ')}
              </li>
            ))}
          </ul>
        </>
      )}
      <Button mt="md" onClick={onClose}>
        {t('indicators.exchange-given-close')}
      </Button>
    </Modal>
  )
}
