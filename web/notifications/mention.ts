/** Where in a text a name is being typed after the sign. */
export interface Typing {
  from: number
  to: number
  search: string
}

interface Person {
  id: string
  name: string
}

/** What is being typed after an `@` that begins a word, up to the caret: four words at most, within the line. */
export function mentionAt(text: string, caret: number): Typing | null {
  const found = /(?:^|\s)@([^\s@]{0,30}(?: [^\s@]{1,30}){0,3})$/u.exec(text.slice(0, caret))
  const search = found?.[1]
  return search === undefined ? null : { from: caret - search.length - 1, to: caret, search }
}

/** The text with the chosen name in place of what was typed, and where the caret stands then. */
export function withMention(text: string, typing: Typing, name: string): { text: string; caret: number } {
  const after = text.slice(typing.to)
  const said = `@${name}${after.startsWith(' ') ? '' : ' '}`
  const caret = typing.from + said.length + (after.startsWith(' ') ? 1 : 0)
  return { text: `${text.slice(0, typing.from)}${said}${after}`, caret }
}

/** Those of the picked whose names still stand in the text. */
export function calledIn(text: string, picked: readonly Person[]): string[] {
  return [...new Set(picked.filter((person) => text.includes(`@${person.name}`)).map((person) => person.id))]
}

/** A text in pieces, names of those called set off. */
export function partsOf(text: string, people: readonly Person[]): { text: string; isMention: boolean }[] {
  const names = [...new Set(people.map((person) => `@${person.name}`))].sort((one, other) => other.length - one.length)
  if (names.length === 0) return [{ text, isMention: false }]
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'u'))
    .filter((part) => part !== '')
    .map((part) => ({ text: part, isMention: names.includes(part) }))
}
