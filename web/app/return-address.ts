/** Where to go after signing in: a path of this site, never another one (`//host`, `/\host`). */
export function insideOnly(address: string | undefined): string {
  return address && /^\/(?![/\\])/.test(address) ? address : '/'
}
