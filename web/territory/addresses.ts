/** Address of a unit's page. */
export function unitTo(id: string): string {
  return `/dia-ban/${id}`
}

/** The last day of a life that ends at the start of `to`. */
export function lastDay(to: string): string {
  const day = new Date(`${to}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}
