/** A label in the language of the paper. */
export const labelOf = (names: Readonly<Record<string, string | undefined>>, locale: string): string =>
  names[locale] ?? Object.values(names).find((name) => name !== undefined && name !== '') ?? ''
