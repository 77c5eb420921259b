import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** What a picture is drawn by: the width it has and how many pixels a letter's size is, so that letters never shrink with it. */
export type Size = { width: number; rem: number }

/** Follows the width of an element, and the size of text. */
export function useSize<Element extends HTMLElement>(): { ref: RefObject<Element | null>; size: Size } {
  const ref = useRef<Element>(null)
  const [size, setSize] = useState<Size>({ width: 640, rem: 16 })
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(element).fontSize) || 16
      const width = Math.max(200, Math.floor(element.clientWidth))
      setSize((before) => (before.width === width && before.rem === rem ? before : { width, rem }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, size }
}
