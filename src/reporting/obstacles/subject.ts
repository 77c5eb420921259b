import { sql } from 'kysely'
import type { Found, Subject } from '#notifications'
import { obstacleList } from './list.ts'

/** An obstacle as people are told of it and read its history. */
export const obstacleSubject: Subject = {
  kind: 'reporting.obstacle',
  allow: 'reporting.read',
  async find(ctx, ids) {
    const { rows } = await sql<Found & { id: string }>`
      select b.id, left(b.words, 300) as title, '/kho-khan/' || b.id as address, false as is_internal from ${obstacleList.from}
      where b.id = any (${[...ids]}::uuid[]) and ${obstacleList.within(ctx)}`.execute(ctx.db)
    return new Map(rows.map(({ id, ...found }) => [id, found]))
  },
  talk: null,
  history: {
    records: (_ctx, id) => Promise.resolve([id]),
    open: {
      'reporting.obstacle-raised': [],
      'reporting.obstacle-passed-on': [],
      'reporting.obstacle-escalated': [],
      'reporting.obstacle-answered': [],
      'reporting.obstacle-not-resolved': [],
      'reporting.obstacle-closed': [],
      'reporting.obstacle-reworded': [],
      'reporting.obstacle-said-again': [],
      'reporting.obstacle-withdrawn': [],
      'reporting.obstacle-handed-over': [],
    },
    within: {},
  },
}
