import type { Subject } from '#notifications'
import { recordKind } from './commands.ts'

/** A document under review, as people talk of it and read its history: within its own body alone. */
export const importSubject: Subject = {
  kind: recordKind,
  allow: 'documents.read-import',
  async find(ctx, ids) {
    const rows = await ctx.db
      .selectFrom('documents.import')
      .select(['id', 'title', 'fileName'])
      .where('id', 'in', [...ids])
      .where('agencyId', '=', ctx.actor.agencyId)
      .execute()
    return new Map(
      rows.map(({ id, title, fileName }) => [
        id,
        { title: title ?? fileName, address: `/van-ban/${id}`, isInternal: true },
      ]),
    )
  },
  talk: {
    async bodies(ctx, id) {
      const row = await ctx.db.selectFrom('documents.import').select('agencyId').where('id', '=', id).executeTakeFirst()
      return { agencyIds: row ? [row.agencyId] : [], above: null }
    },
    async concerned(ctx, id) {
      const row = await ctx.db.selectFrom('documents.import').select('personId').where('id', '=', id).executeTakeFirst()
      return row ? [row.personId] : []
    },
  },
  history: {
    records: (_ctx, id) => Promise.resolve([id]),
    open: {},
    within: Object.fromEntries(
      [
        'import-begun',
        'import-read',
        'import-refused',
        'names-matched',
        'review-saved',
        'import-confirmed',
        'import-tied',
        'import-put-away',
        'import-file-sent',
        'file-recognised',
      ].map((act) => [`documents.${act}`, []]),
    ),
  },
}
