import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useUrl } from '../kit/address.ts'
import { ErrorSummary } from '../kit/ErrorSummary.tsx'
import { comeBack } from '../kit/session.tsx'
import { useText } from '../kit/text.tsx'
import { oneOf } from '../kit/url.ts'
import { Outside } from './Outside.tsx'

/** Where the identity provider sends the browser back: the round is ended, once, and the page asked for is opened. */
export function BackPage() {
  const t = useText()
  const queries = useQueryClient()
  const router = useRouter()
  const url = useUrl()
  const [code, state] = [oneOf(url.code), oneOf(url.state)]
  const isSent = useRef(false)
  const entry = useMutation({
    mutationFn: () => comeBack(queries, { code: code ?? '', state: state ?? '', iss: oneOf(url.iss) }),
    onSuccess: ({ stage }) => router.history.replace(stage === 'whole' ? '/' : '/dang-nhap/buoc-hai'),
  })
  const { mutate } = entry
  useEffect(() => {
    if (isSent.current || code === undefined || state === undefined) return
    isSent.current = true
    mutate()
  }, [mutate, code, state])
  if (code === undefined || state === undefined) return <Navigate to="/dang-nhap" />
  return (
    <Outside title={t('app.sign-in')}>
      {entry.error ? <ErrorSummary problem={entry.error} /> : <p role="status">{t('app.coming-back')}</p>}
      {entry.error && <Link to="/dang-nhap">{t('app.have-account')}</Link>}
    </Outside>
  )
}
