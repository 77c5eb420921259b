import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'

/** The place a link points at is shown once what holds it has come. */
export function useScrollToHash(isReady: boolean): void {
  const { hash } = useLocation()
  useEffect(() => {
    if (!isReady || hash === '') return
    const target = document.getElementById(hash)
    target?.scrollIntoView({ block: 'start' })
    target?.focus({ preventScroll: true })
  }, [isReady, hash])
}
