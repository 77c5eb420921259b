/** Cuts a long text at a word for a heading or a name; nothing is lost where the whole stands elsewhere. */
export function shorten(text: string, most = 120): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).replace(/[\s,;:.]+$/u, '')}…`
}
