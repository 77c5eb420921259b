import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id } from '#platform/model'
import type { AccessParts } from '../ground.ts'
import { ConfirmPeopleImport, NamedSlip, PeopleImport, peopleImportLimits } from '../model.ts'
import {
  confirmImport,
  importPeople,
  mailInvitations,
  printSlips,
  readImport,
  writeTemplate,
} from '../people-import/commands.ts'

const params = z.object({ id: Id })

/** People by spreadsheet: the template, the upload, what is wrong with it, the decision, slips or mail. */
export function importRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/people-imports/template',
      summary: 'The spreadsheet of people to be filled in',
      allow: 'access.read-people',
      query: z.object({ prefilled: z.enum(['yes']).optional() }),
      download: true,
      run: (ctx, { query }) => writeTemplate(ctx, parts, query.prefilled === 'yes'),
    }),
    route({
      method: 'post',
      path: '/people-imports',
      summary: 'Load a spreadsheet of people',
      allow: 'access.invite-person',
      upload: { maxBytes: peopleImportLimits.bytes },
      returns: PeopleImport,
      run: (ctx, { body }) => importPeople(ctx, parts, body),
    }),
    route({
      method: 'get',
      path: '/people-imports/{id}',
      summary: 'A loaded spreadsheet of people, row by row',
      allow: 'access.read-people',
      params,
      returns: PeopleImport,
      run: (ctx, { params }) => readImport(ctx, parts, params.id),
    }),
    route({
      method: 'post',
      path: '/people-imports/{id}/confirmation',
      summary: 'Invite the people of a spreadsheet',
      allow: 'access.invite-person',
      params,
      body: ConfirmPeopleImport,
      returns: PeopleImport,
      run: (ctx, { params, body }) => confirmImport(ctx, parts, params.id, body),
    }),
    route({
      method: 'post',
      path: '/people-imports/{id}/slips',
      summary: 'Make the slips of a spreadsheet’s people',
      allow: 'access.renew-invitation',
      shownOnce: true,
      params,
      returns: z.array(NamedSlip),
      run: (ctx, { params }) => printSlips(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/people-imports/{id}/mails',
      summary: 'Send the invitations of a spreadsheet’s people by mail',
      allow: 'access.renew-invitation',
      params,
      returns: PeopleImport,
      run: (ctx, { params }) => mailInvitations(ctx, parts, params.id),
    }),
  ]
}
