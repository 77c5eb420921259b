import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * The policy of pages: everything only from here, nothing inline, no frames, no plug-ins, no markup made of text. Themes
 * are laid as constructed style sheets (`web/kit/theme.ts`), sizes by the object model of styles: neither is inline.
 * @source security.md D7
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Pictures a page made itself, on their way to a file.
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
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
