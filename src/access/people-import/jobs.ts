import { z } from 'zod'
import { Problem, type JobKind } from '#platform'
import { inviteWithoutSlip } from '../commands/people.ts'
import type { AccessParts } from '../ground.ts'
import { peopleColumns } from '../model.ts'
import { insertSlip } from '../store.ts'
import { checkKind, examineImport, listWaiting, mailKind, makeKind } from './commands.ts'
import { getImport, saveImport } from './store.ts'

const Payload = z.object({ importId: z.uuid() })
const CheckPayload = Payload.extend({ layout: z.array(z.tuple([z.enum(peopleColumns), z.number().int()])) })

/** How many people are invited in one transaction: progress and cancelling between them. */
const batch = 50

/** The long work of people by spreadsheet: examining, inviting, sending mail. Each is safe to run twice. */
export function peopleImportJobs(parts: AccessParts): JobKind[] {
  return [checkJob(parts), makeJob(), mailJob(parts)]
}

function checkJob(parts: AccessParts): JobKind {
  return {
    kind: checkKind,
    async run(work) {
      const { importId, layout } = CheckPayload.parse(work.payload)
      await work.progress(0, 1)
      await work.inTransaction((ctx) => examineImport(ctx, parts, importId, new Map(layout)))
      await work.progress(1, 1)
      return { importId }
    },
  }
}

function makeJob(): JobKind {
  return {
    kind: makeKind,
    async run(work) {
      const { importId } = Payload.parse(work.payload)
      for (;;) {
        const { done, total } = await work.inTransaction(async (ctx) => {
          const row = await getImport(ctx, importId, true)
          const waiting = row.rows.filter((one) => one.wish !== null && one.personId === null)
          for (const one of waiting.slice(0, batch)) {
            if (one.wish === null) continue
            const { name, login, language, mail, agencyId, role, validFrom, validTo } = one.wish
            const post = { agencyId, unitId: null, role, validFrom, validTo }
            try {
              one.personId = (await inviteWithoutSlip(ctx, { name, login, language, mail, post })).personId
            } catch (fault) {
              if (!(fault instanceof Problem)) throw fault
              one.wish = null
              one.faults = [{ cell: `${one.number}`, code: fault.fields[0]?.code ?? fault.code }]
            }
          }
          const good = row.rows.filter((one) => one.wish !== null)
          const made = good.filter((one) => one.personId !== null)
          await saveImport(ctx, importId, { rows: row.rows, state: made.length === good.length ? 'made' : 'making' })
          if (made.length === good.length)
            await ctx.record(
              'access.people-made',
              { kind: 'access.people-import', id: importId, agencyId: row.agencyId },
              { people: made.length },
            )
          return { done: made.length, total: good.length }
        })
        await work.progress(done, total)
        if (done === total) return { importId, people: done }
      }
    },
  }
}

function mailJob(parts: AccessParts): JobKind {
  return {
    kind: mailKind,
    async run(work) {
      const { importId } = Payload.parse(work.payload)
      const { mailer, say } = parts
      const waiting = await work.inTransaction(async (ctx) => listWaiting(ctx, await getImport(ctx, importId)))
      const reachable = waiting.filter((person) => person.mail !== null)
      const unsent: string[] = []
      for (const [at, { id, mail, wish }] of reachable.entries()) {
        const { code, endsAt } = await work.inTransaction(async (ctx) => {
          const slip = await insertSlip(ctx, id)
          await ctx.record('access.invitation-mailed', { kind: 'access.person', id, agencyId: wish.agencyId })
          return slip
        })
        const words = {
          name: wish.name,
          login: wish.login,
          code,
          address: `${parts.publicUrl ?? ''}/loi-moi`,
          until: new Intl.DateTimeFormat(wish.language, { dateStyle: 'long', timeZone: parts.country.timeZone }).format(
            new Date(endsAt),
          ),
        }
        const isSent = await mailer?.({
          to: mail ?? '',
          subject: say(wish.language, 'access.mail-invitation-subject'),
          text: say(wish.language, 'access.mail-invitation', words),
        })
        if (isSent !== true) unsent.push(wish.login)
        await work.progress(at + 1, reachable.length)
      }
      return { importId, sent: reachable.length - unsent.length, unsent }
    },
  }
}
