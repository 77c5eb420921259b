import { Parser } from 'htmlparser2'

const blocks = new Set(['p', 'div', 'br', 'li', 'tr', 'table', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const unseen = new Set(['script', 'style', 'head', 'title'])

/**
 * The words of a text that came as HTML or plain: tags and references gone, one space between words, lines kept where
 * blocks end, letters composed (NFC). Text without markup is only tidied.
 */
export function cleanText(raw: string): string {
  return tidy(/[<&]/.test(raw) ? wordsOf(raw) : raw)
}

function wordsOf(html: string): string {
  const words: string[] = []
  let hidden = 0
  const parser = new Parser(
    {
      onopentagname(name) {
        if (unseen.has(name)) hidden += 1
        if (blocks.has(name)) words.push('\n')
      },
      ontext(text) {
        if (hidden === 0) words.push(text)
      },
      onclosetag(name) {
        if (unseen.has(name)) hidden -= 1
        if (blocks.has(name)) words.push('\n')
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  // A bare "<" before a figure or space is a sign of comparison, no tag.
  parser.end(html.replace(/<(?=[\s\d=])/g, '&lt;'))
  return words.join('')
}

/** Most texts have nothing to be tidied: one look tells. */
const untidy = /[\0-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]| {2}/u

function tidy(text: string): string {
  if (!untidy.test(text)) return text.normalize('NFC').trim()
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/[\p{Cc}--\n]/gv, '')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}
