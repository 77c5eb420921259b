import type { Logger } from 'pino'
import { createTransport } from 'nodemailer'

/** A letter of the product: words only. */
export type Letter = { to: string; subject: string; text: string }

/** Sends a letter. @returns whether the mail server took it; why not stands in the log, without the address */
export type Mailer = (letter: Letter) => Promise<boolean>

/** Sends by the mail server of the settings (`smtp://` or `smtps://`); null when none is set. */
export function openMailer(of: { smtpUrl: string | undefined; from: string | undefined }, log: Logger): Mailer | null {
  if (of.smtpUrl === undefined || of.from === undefined) return null
  const transport = createTransport(of.smtpUrl, { from: of.from, disableFileAccess: true, disableUrlAccess: true })
  return async (letter) => {
    try {
      await transport.sendMail({ ...letter, textEncoding: 'base64' })
      return true
    } catch (fault) {
      const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
      log.warn({ code }, 'a letter was not sent')
      return false
    }
  }
}
