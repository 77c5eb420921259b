import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { ProblemBody } from './problem.ts'
import type { Route } from './route.ts'

/** The OpenAPI 3.1 description of the declared routes; deterministic, so that it can be committed and compared. */
export function describeApi(routes: Route[], version: string): object {
  const paths: ZodOpenApiPathsObject = {}
  for (const declared of [...routes].sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`))) {
    paths[declared.path] = { ...paths[declared.path], [declared.method]: operation(declared) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Măng Non', version },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-mangnon' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  })
}

function operation(declared: Route): ZodOpenApiOperationObject {
  const unsafe = declared.method !== 'get' && declared.allow !== 'public'
  return {
    operationId: `${declared.method}${declared.path.replace(/[{}]/g, '').replace(/[/-]+(\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
    summary: declared.summary,
    'x-permission': declared.allow,
    security: securityOf(declared.allow),
    requestParams: {
      ...(declared.params ? { path: declared.params } : {}),
      ...(declared.query ? { query: declared.query } : {}),
    },
    ...(unsafe
      ? {
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              schema: { type: 'string', minLength: 8, maxLength: 100 },
            },
          ],
        }
      : {}),
    ...requestBody(declared),
    responses: {
      ...answer(declared),
      default: { description: 'Problem (RFC 9457)', content: { 'application/problem+json': { schema: ProblemBody } } },
    },
  }
}

/** Permissions are held by programs too, and what anyone known may ask; all else is a person's. */
function securityOf(allow: string): ZodOpenApiOperationObject['security'] {
  if (allow === 'public') return []
  const isForPrograms = allow === 'known' || allow.includes('.')
  return isForPrograms ? [{ session: [] }, { token: [] }] : [{ session: [] }]
}

function requestBody(declared: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (declared.upload)
    return {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    }
  if (declared.body)
    return { requestBody: { required: true, content: { 'application/json': { schema: declared.body } } } }
  return {}
}

function answer(declared: Route): ZodOpenApiOperationObject['responses'] {
  if (declared.download)
    return {
      200: {
        description: 'The file',
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    }
  if (declared.returns)
    return { 200: { description: 'Done', content: { 'application/json': { schema: declared.returns } } } }
  return { 204: { description: 'Done' } }
}
