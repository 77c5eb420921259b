/** A code as a message can choose by it: `on-event` → `on_event` (ICU selectors take no hyphen). */
export function choice(code: string): string {
  return code.replaceAll('-', '_')
}
