/** Lists of bodies that share their first word: "Các sở: Y tế, Tài chính; …". Pure. */

/**
 * Takes a list apart and gives each part the shared word back. Parts are joined again where only together they make a
 * known name ("Văn hóa, Thể thao và Du lịch").
 *
 * @param plural the country's word that makes the shared word many (`Vocabulary.plural`)
 * @param isKnown whether a phrase names a body or class
 * @returns the phrase alone when it has no shared word or the parts are not known by it
 */
export function splitHeadedList(raw: string, plural: RegExp | null, isKnown: (phrase: string) => boolean): string[] {
  const [, head = '', list = ''] =
    /^\s*([^:,;]{2,40}?)\s*:\s*(.+)$/su.exec(plural === null ? raw : raw.replace(plural, '')) ?? []
  const parts = list.split(/\s*[;]\s*|\s*,\s+/u).filter((part) => part !== '')
  if (parts.length === 0) return [raw]
  const phrases: string[] = []
  for (let place = 0; place < parts.length;) {
    const size = longestKnown(parts.slice(place), (part) => isKnown(`${head} ${part}`))
    phrases.push(`${head} ${parts.slice(place, place + size).join(', ')}`)
    place += size
  }
  return phrases.some(isKnown) ? phrases : [raw]
}

function longestKnown(parts: string[], isKnown: (part: string) => boolean): number {
  for (let size = Math.min(parts.length, 4); size > 1; size--) if (isKnown(parts.slice(0, size).join(', '))) return size
  return 1
}
