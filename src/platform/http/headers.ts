import type { FastifyReply, FastifyRequest } from 'fastify'

/** The policy of pages: scripts and styles only from here, no frames, no plug-ins, no forms elsewhere. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** Lays the security headers on every answer; a route that set a stricter policy keeps it. */
export function securityHeaders(request: FastifyRequest, reply: FastifyReply, secure: boolean): void {
  if (!reply.getHeader('content-security-policy')) reply.header('content-security-policy', policy)
  reply.header('x-content-type-options', 'nosniff')
  reply.header('referrer-policy', 'no-referrer')
  reply.header('cross-origin-opener-policy', 'same-origin')
  reply.header('cross-origin-resource-policy', 'same-origin')
  reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  if (secure) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
  if (request.url.startsWith('/api/') && !reply.getHeader('cache-control')) reply.header('cache-control', 'no-store')
}
