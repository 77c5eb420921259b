import { useQuery } from '@tanstack/react-query'
import { choicesQuery } from './queries.ts'

/** Names of programmes by their codes, in the order of the country's list; a code nobody knows stays as it is. */
export function useProgrammeNames(codes: readonly string[]): string[] {
  const { data } = useQuery({ ...choicesQuery, enabled: codes.length > 0 })
  return codes.map((code) => data?.programmes.find((programme) => programme.code === code)?.name ?? code)
}
