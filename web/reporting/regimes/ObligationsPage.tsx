import { PageHeader } from '../../kit/PageHeader.tsx'
import { useText } from '../../kit/text.tsx'
import { Obligations } from './Obligations.tsx'

/** Every report owed that one sees, over all rounds. */
export function ObligationsPage() {
  const t = useText()
  return (
    <>
      <PageHeader title={t('regimes.obligations')} state={t('regimes.obligations-state')} />
      <Obligations />
    </>
  )
}
