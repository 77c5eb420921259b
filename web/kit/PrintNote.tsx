import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useAsOf } from './address.ts'
import { useSession } from './session.tsx'
import { useFormat, useText } from './text.tsx'

/** The last line of a printed page: the date it is read on, when it was printed, and by whom. */
export function PrintNote() {
  const t = useText()
  const format = useFormat()
  const { asOf } = useAsOf()
  const { person } = useSession()
  const [at, setAt] = useState(() => new Date().toISOString())
  useEffect(() => {
    const stamp = () => flushSync(() => setAt(new Date().toISOString()))
    window.addEventListener('beforeprint', stamp)
    return () => window.removeEventListener('beforeprint', stamp)
  }, [])
  const said = { date: format.date(asOf), at: format.dateTime(at), person: person.name }
  return <p className="print-only">{t('kit.print-as-of', said)}</p>
}
