import type { Logger } from 'pino'
import { createTransport } from 'nodemailer'

/**
 * A letter of the product: words, and the same words as a page where there is one. With an `id` every try carries the
 * same Message-ID, by which mail systems know a letter again.
 */
export type Letter = { to: string; subject: string; text: string; html?: string; id?: string }

/** Sends a letter. @returns whether the mail server took it; why not stands in the log, without the address */
export type Mailer = (letter: Letter) => Promise<boolean>

/** Sends by the mail server of the settings (`smtp://` or `smtps://`); null when none is set. */
export function openMailer(of: { smtpUrl: string | undefined; from: string | undefined }, log: Logger): Mailer | null {
  if (of.smtpUrl === undefined || of.from === undefined) return null
  const transport = createTransport(of.smtpUrl, { from: of.from, disableFileAccess: true, disableUrlAccess: true })
  const host = /@([\w.-]+)/.exec(of.from)?.[1] ?? 'localhost'
  return async (letter) => {
    try {
      const { id, ...said } = letter
      await transport.sendMail({
        ...said,
        textEncoding: 'base64',
        ...(id === undefined ? {} : { messageId: `<${id}@${host}>` }),
      })
      return true
    } catch (fault) {
      const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
      log.warn({ code }, 'a letter was not sent')
      return false
    }
  }
}
