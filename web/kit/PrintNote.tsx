import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { useAsOf } from './address.ts'
import { useFormat, useText } from './text.tsx'

/** The last line of a printed page: the date it is read on, and when it was printed. */
export function PrintNote() {
  const t = useText()
  const format = useFormat()
  const { asOf } = useAsOf()
  const [at, setAt] = useState(() => new Date().toISOString())
  useEffect(() => {
    const stamp = () => flushSync(() => setAt(new Date().toISOString()))
    window.addEventListener('beforeprint', stamp)
    return () => window.removeEventListener('beforeprint', stamp)
  }, [])
  return <p className="print-only">{t('kit.print-as-of', { date: format.date(asOf), at: format.dateTime(at) })}</p>
}
