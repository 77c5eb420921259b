import { agencyRoutes } from '#agencies'
import { accessRoutes, type AccessParts } from '#access'
import { importRoutes } from '#documents'
import { type FileStore, type Route } from '#platform'
import { planRoutes } from '#plans'
import { territoryRoutes } from '#territory'
import type { Country } from './country.ts'

/** Every route of the product: what the server answers, what OpenAPI says, what the permission table must name. */
export function allRoutes(parts: { access: AccessParts; country: Country; files: FileStore }): Route[] {
  const { country, files } = parts
  return [
    ...accessRoutes(parts.access),
    ...territoryRoutes,
    ...agencyRoutes,
    ...(country.documentGrammar === null || country.grammarModule === null
      ? []
      : importRoutes({
          files,
          grammar: country.documentGrammar,
          kindNames: country.writing?.templates.layout.kinds ?? {},
          functionCode: country.defaultFunction,
          grammarModule: country.grammarModule,
        })),
    ...planRoutes({
      files,
      defaultFunction: country.defaultFunction,
      usualKind: country.usualKind,
      writing: country.writing,
    }),
  ]
}
