import { z } from 'zod'
import { route, type Route } from '#platform'
import { Id, Job, Language, PageQuery, pageOf } from '#platform/model'
import { changePersonState, confirmPost, endPost, grantPost, invitePerson, renewInvitation } from './commands/people.ts'
import {
  becomeFirstAdministrator,
  changeLanguage,
  changePassword,
  provePassword,
  signIn,
  signOut,
  takeUpInvitation,
} from './commands/sign-in.ts'
import type { AccessParts } from './ground.ts'
import {
  AuditQuery,
  BecomeFirstAdministrator,
  ChangePassword,
  ChangePersonState,
  GrantPost,
  Invited,
  InvitePerson,
  NamedAuditEntry,
  Password,
  PeopleQuery,
  Person,
  PersonPage,
  Session,
  SignIn,
  Slip,
  TakeUpInvitation,
} from './model.ts'
import { cancelJob, getNamedJob, listAudit, listNamedJobs } from './queries/oversight.ts'
import { getPerson, listPeople } from './queries/people.ts'
import { stageOf } from './authorize.ts'
import { readSession } from './queries/session.ts'
import { accountRoutes } from './routes/account.ts'
import { federatedRoutes } from './routes/federated.ts'
import { handOverRoutes } from './routes/hand-over.ts'
import { importRoutes } from './routes/people-import.ts'

const params = z.object({ id: Id })

/** All routes of `access`, and those of audit and jobs, whose names come from here. */
export function accessRoutes(parts: AccessParts): Route[] {
  return [
    ...sessionRoutes(parts),
    ...accountRoutes(parts),
    ...federatedRoutes(parts),
    ...peopleRoutes(parts),
    ...oversightRoutes(parts),
  ]
}

function sessionRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/session',
      summary: 'Who is signed in, and what the acting post allows',
      allow: 'known',
      returns: Session,
      run: (ctx) =>
        readSession(ctx, parts, {
          personId: ctx.actor.personId,
          actingPostId: ctx.actor.postId,
          stage: stageOf(ctx.actor) ?? 'whole',
          isProgram: ctx.actor.tokenId !== undefined,
        }),
    }),
    route({
      method: 'post',
      path: '/session',
      summary: 'Sign in',
      allow: 'public',
      body: SignIn,
      returns: Session,
      run: (ctx, { body }) => signIn(ctx, parts, body),
    }),
    route({ method: 'delete', path: '/session', summary: 'Sign out', allow: 'entering', run: (ctx) => signOut(ctx) }),
    route({
      method: 'post',
      path: '/session/proof',
      summary: 'Give the password again',
      allow: 'entering',
      body: z.strictObject({ password: Password }),
      run: (ctx, { body }) => provePassword(ctx, parts, body.password),
    }),
    route({
      method: 'post',
      path: '/session/password',
      summary: 'Change the own password',
      allow: 'signed-in',
      body: ChangePassword,
      run: (ctx, { body }) => changePassword(ctx, parts, body),
    }),
    route({
      method: 'post',
      path: '/session/language',
      summary: 'Choose the own language',
      allow: 'entering',
      body: z.strictObject({ language: Language }),
      run: (ctx, { body }) => changeLanguage(ctx, body.language),
    }),
    route({
      method: 'post',
      path: '/session/invitation',
      summary: 'Take up an invitation',
      allow: 'public',
      body: TakeUpInvitation,
      returns: Session,
      run: (ctx, { body }) => takeUpInvitation(ctx, parts, body),
    }),
    route({
      method: 'post',
      path: '/session/first-administrator',
      summary: 'Become the first administrator',
      allow: 'public',
      body: BecomeFirstAdministrator,
      returns: Session,
      run: (ctx, { body }) => becomeFirstAdministrator(ctx, parts, body),
    }),
  ]
}

function peopleRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/people',
      summary: 'People within reach',
      allow: 'access.read-people',
      query: PeopleQuery,
      returns: PersonPage,
      run: (ctx, { query }) => listPeople(ctx, query),
    }),
    route({
      method: 'get',
      path: '/people/{id}',
      summary: 'A person and the posts held',
      allow: 'access.read-people',
      params,
      returns: Person,
      run: (ctx, { params }) => getPerson(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/people',
      summary: 'Invite a person to a post',
      allow: 'access.invite-person',
      shownOnce: true,
      body: InvitePerson,
      returns: Invited,
      run: (ctx, { body }) => invitePerson(ctx, body),
    }),
    ...importRoutes(parts),
    route({
      method: 'post',
      path: '/people/{id}/invitation',
      summary: 'Make a new slip',
      allow: 'access.renew-invitation',
      shownOnce: true,
      params,
      returns: Slip,
      run: (ctx, { params }) => renewInvitation(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/people/{id}/posts',
      summary: 'Grant a post',
      allow: 'access.grant-post',
      params,
      body: GrantPost,
      returns: Person,
      run: (ctx, { params, body }) => grantPost(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/people/{id}/state',
      summary: 'Disable or enable an account',
      allow: 'access.disable-person',
      params,
      body: ChangePersonState,
      returns: Person,
      run: (ctx, { params, body }) => changePersonState(ctx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/posts/{id}/confirmation',
      summary: 'Confirm a post as the second administrator',
      allow: 'access.confirm-post',
      params,
      returns: Person,
      run: (ctx, { params }) => confirmPost(ctx, params.id),
    }),
    ...handOverRoutes(),
    route({
      method: 'post',
      path: '/posts/{id}/end',
      summary: 'End a post',
      allow: 'access.end-post',
      params,
      returns: Person,
      run: (ctx, { params }) => endPost(ctx, params.id),
    }),
  ]
}

function oversightRoutes(parts: AccessParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/audit',
      summary: 'What was done, by whom, to which record',
      allow: 'access.read-audit',
      query: AuditQuery,
      returns: pageOf(NamedAuditEntry),
      run: (ctx, { query }) => listAudit(ctx, parts, query),
    }),
    route({
      method: 'get',
      path: '/jobs',
      summary: 'Long work and how far it is',
      allow: 'platform.read-jobs',
      query: PageQuery,
      returns: pageOf(Job),
      run: (ctx, { query }) => listNamedJobs(ctx, query),
    }),
    route({
      method: 'get',
      path: '/jobs/{id}',
      summary: 'One piece of long work',
      allow: 'platform.read-jobs',
      params,
      returns: Job,
      run: (ctx, { params }) => getNamedJob(ctx, params.id),
    }),
    route({
      method: 'post',
      path: '/jobs/{id}/cancellation',
      summary: 'Ask long work to stop',
      allow: 'platform.cancel-job',
      params,
      returns: Job,
      run: (ctx, { params }) => cancelJob(ctx, params.id),
    }),
  ]
}
