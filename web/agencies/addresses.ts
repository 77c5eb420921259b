/** Address of a body's page. */
export function agencyTo(id: string): string {
  return `/co-quan/${id}`
}
