import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Sender } from './load.ts'
import type { Client } from './world.ts'

const Tasks = z.object({ items: z.array(z.object({ id: z.string() })) })

/**
 * Lets offices of communes set a milestone on work of their own once a second, in turn: as a country does in the week its
 * reports are due.
 * @throws when one is refused, at `stop`
 */
export async function keepWriting(
  address: string,
  sender: Sender,
  clients: readonly Client[],
): Promise<{ stop: () => Promise<number> }> {
  const work: { client: Client; id: string }[] = []
  for (const client of clients) {
    const { body } = await sender.ask({ client, path: `/tasks?size=20&agencyId=${client.agencyId}` })
    work.push(...Tasks.parse(JSON.parse(body)).items.map(({ id }) => ({ client, id })))
  }
  let isStopped = false
  let written = 0
  const writing = (async () => {
    while (!isStopped) {
      const one = work[written % work.length]
      if (one === undefined) throw new Error('no commune leads on any work')
      const answer = await fetch(`${address}/api/v1/tasks/${one.id}/milestones`, {
        method: 'POST',
        headers: {
          cookie: `mangnon=${one.client.token}`,
          'content-type': 'application/json',
          'x-mangnon': '1',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({ name: `Mốc ${written + 1}`, dueOn: '2027-06-30' }),
      })
      if (!answer.ok) throw new Error(`a milestone: ${answer.status} ${await answer.text()}`)
      written++
      await sleep(1000)
    }
  })()
  // Heard at `stop`; until then a refusal is not to end the process.
  writing.catch(() => undefined)
  return {
    stop: async () => {
      isStopped = true
      await writing
      return written
    },
  }
}
