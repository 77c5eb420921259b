/**
 * What was typed and the server does not have yet, kept in this browser: a lost network, a reload, a closed tab or a computer that
 * stops lose nothing. It is of the person signed in alone: signing out removes it, and so does another person's signing in.
 */
const prefix = 'mangnon.draft.'
const ownerKept = 'mangnon.draft-owner'
/** Longer than a leave, shorter than what nobody remembers. */
const mostDays = 30

type Kept = { at: number; text: string }

/** Tells whose drafts are kept from here on; those of others and forgotten ones are removed. */
export function keepDraftsOf(personId: string): void {
  if (localStorage.getItem(ownerKept) !== personId) forgetDrafts()
  localStorage.setItem(ownerKept, personId)
  const oldest = Date.now() - mostDays * 86_400_000
  for (const key of draftKeys()) if ((parsed(key)?.at ?? 0) < oldest) localStorage.removeItem(key)
}

/** What is kept under a name; null where there is nothing. */
export function keptDraft(name: string): string | null {
  return parsed(prefix + name)?.text ?? null
}

/** Keeps a draft. Where the browser has no room for more, it stays on the page alone, which then warns before it is left. */
export function keepDraft(name: string, text: string): void {
  const kept: Kept = { at: Date.now(), text }
  try {
    localStorage.setItem(prefix + name, JSON.stringify(kept))
  } catch (problem) {
    if (!(problem instanceof DOMException)) throw problem
    console.warn(problem.message)
  }
}

export function forgetDraft(name: string): void {
  localStorage.removeItem(prefix + name)
}

/** Leaves nothing that anybody typed. */
export function forgetDrafts(): void {
  for (const key of draftKeys()) localStorage.removeItem(key)
}

function draftKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
}

/** What stands there may be of an older form of this page: then it is nothing. */
function parsed(key: string): Kept | null {
  const text = localStorage.getItem(key)
  if (text === null) return null
  const kept = JSON.parse(text) as Partial<Kept>
  return typeof kept.at === 'number' && typeof kept.text === 'string' ? { at: kept.at, text: kept.text } : null
}
