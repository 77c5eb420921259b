import type { Catalogue } from '#platform'
import type { Language } from '#platform/model'
import { mostLines, type Notice } from '../model.ts'
import type { Written } from './outbox.ts'

/** What letters are written with: words, the country's time zone, and the address people open. */
export type Pen = { say: Catalogue; timeZone: string; publicUrl: string | undefined }

/** A piece of news as a sentence of the reader's language: who, what, and the record by its title; nothing anybody wrote. */
function sentenceOf(pen: Pen, language: Language, notice: Notice): string {
  const { say } = pen
  const day = (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? new Intl.DateTimeFormat(language, { dateStyle: 'short', timeZone: 'UTC' }).format(new Date(value))
      : ''
  return say(language, `notifications.notice-${notice.kind}`, {
    agent: typeof notice.params.agent === 'string' && notice.params.agent !== '' ? notice.params.agent : 'none',
    who: whoIn(pen, language, notice),
    record: notice.record?.title ?? say(language, 'notifications.out-of-sight'),
    count: notice.count,
    late: typeof notice.params['late'] === 'number' ? notice.params['late'] : 0,
    open: typeof notice.params['open'] === 'number' ? notice.params['open'] : 0,
    at: new Intl.DateTimeFormat(language, {
      dateStyle: 'short',
      timeStyle: 'short',
      timeZone: pen.timeZone,
    }).format(new Date(notice.madeAt)),
    from: day(notice.params.from),
    to: day(notice.params.to),
  })
}

function whoIn(pen: Pen, language: Language, { byName, byAgencyName }: Notice): string {
  if (byName === null) return byAgencyName ?? pen.say(language, 'notifications.somebody')
  return byAgencyName === null ? byName : `${byName} (${byAgencyName})`
}

/** The digest of a day: so many lines, each with its address, then how many more. */
export function writeDigest(
  pen: Pen,
  language: Language,
  of: { name: string; notices: readonly Notice[]; total: number },
): Written {
  const { say, publicUrl } = pen
  const lines = of.notices.slice(0, mostLines).map((notice) => ({
    words: sentenceOf(pen, language, notice),
    address: publicUrl === undefined || !notice.record?.address ? null : `${publicUrl}${notice.record.address}`,
  }))
  const rest = of.total - lines.length
  return letterOf(pen, language, {
    title: say(language, 'notifications.digest-title', { count: of.total }),
    greeting: say(language, 'notifications.mail-greeting', { name: of.name }),
    lines,
    after: rest > 0 ? say(language, 'notifications.digest-more', { count: rest }) : null,
    end: say(language, 'notifications.digest-end'),
  })
}

/** A letter about the safety of the own account, sent at once. */
export function writeSecurity(pen: Pen, language: Language, of: { name: string; notice: Notice }): Written {
  const { say, publicUrl } = pen
  const address = publicUrl === undefined ? null : `${publicUrl}/tai-khoan`
  return letterOf(pen, language, {
    title: say(language, 'notifications.security-title'),
    greeting: say(language, 'notifications.mail-greeting', { name: of.name }),
    lines: [{ words: sentenceOf(pen, language, of.notice), address }],
    after: null,
    end: say(language, 'notifications.security-end'),
  })
}

type Parts = {
  title: string
  greeting: string
  lines: { words: string; address: string | null }[]
  after: string | null
  end: string
}

function letterOf(pen: Pen, language: Language, parts: Parts): Written {
  const all = pen.publicUrl === undefined ? null : `${pen.publicUrl}/thong-bao`
  const text = [
    parts.greeting,
    ...parts.lines.map(({ words, address }) => (address === null ? `- ${words}` : `- ${words}\n  ${address}`)),
    ...(parts.after === null ? [] : [parts.after]),
    ...(all === null ? [] : [`${pen.say(language, 'notifications.mail-all')}: ${all}`]),
    parts.end,
  ].join('\n\n')
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escape(parts.title)}</title></head>
<body style="margin:0;padding:24px;background:#fbfaf6;color:#1e2a24;font:15px/1.5 'Be Vietnam Pro',Arial,sans-serif"><div style="max-width:640px">
<p>${escape(parts.greeting)}</p>
<ul style="padding-left:20px">
${parts.lines.map(({ words, address }) => `<li style="margin:0 0 8px">${address === null ? escape(words) : `<a href="${escape(address)}" style="color:#1f5fa8">${escape(words)}</a>`}</li>`).join('\n')}
</ul>
${parts.after === null ? '' : `<p>${escape(parts.after)}</p>`}
${all === null ? '' : `<p><a href="${escape(all)}" style="color:#1f5fa8">${escape(pen.say(language, 'notifications.mail-all'))}</a></p>`}
<p style="color:#5b665f">${escape(parts.end)}</p>
</div></body></html>
`
  return { title: parts.title, text: `${text}\n`, html }
}

/** Text as a page shows it. */
function escape(text: string): string {
  const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)
}
