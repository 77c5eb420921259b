import type { useText } from '../kit/text.tsx'

/** What the program itself gave back has its reason as the name of a sentence; what a person returned, as written. */
const sentence = /^[a-z]+\.[a-z-]+$/

/** Why a figure was given back, in words. */
export function reasonWords(reason: string | null | undefined, t: ReturnType<typeof useText>): string {
  if (!reason) return ''
  return sentence.test(reason) ? t(reason) : reason
}
