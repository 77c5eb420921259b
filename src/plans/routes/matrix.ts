import { z } from 'zod'
import { listQuery, route, takeQuery, type Route } from '#platform'
import { Id, text } from '#platform/model'
import { askForMatrix, matrixBody, outlineMatrix, type MatrixParts } from '../matrix/commands.ts'
import { MatrixOutline, MatrixSetting } from '../model.ts'

const InAddress = z.object({
  ...MatrixSetting.shape,
  withTranslations: z.enum(['true', 'false']).default('false'),
  words: text(4000, 0).default(''),
})

/** Recommendations with what was done on them, as a table for the UN. */
export function matrixRoutes(parts: MatrixParts): Route[] {
  const { registry } = parts
  return [
    route({
      method: 'get',
      path: '/recommendations/matrix',
      summary: 'How many words a matrix of recommendations has, whole and by section, before it is made',
      allow: 'recommendations.export',
      query: listQuery(registry).extend(InAddress.shape),
      returns: MatrixOutline,
      run: (ctx, { query }) => {
        const { withTranslations, words, ...setting } = InAddress.parse(query)
        const { filter } = takeQuery(registry, query)
        return outlineMatrix(ctx, parts, {
          filter,
          setting: { ...setting, withTranslations: withTranslations === 'true' },
          words,
        })
      },
    }),
    route({
      method: 'post',
      path: '/recommendations/matrix-files',
      summary: 'Let a matrix of recommendations be written for the UN, as Word or as a workbook',
      allow: 'recommendations.export',
      maxBodyBytes: 1024 * 1024,
      body: matrixBody(registry),
      returns: z.object({ jobId: Id, recommendations: z.number().int() }),
      run: (ctx, { body }) => askForMatrix(ctx, parts, body),
    }),
  ]
}
