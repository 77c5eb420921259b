import { readTerritory } from '../territory-file.ts'

/** Province codes of before 1 July 2025, which numbers keep whatever became of the province. */
let provinces: ReadonlySet<string> | null = null

function oldProvinces(): ReadonlySet<string> {
  provinces ??= new Set(
    readTerritory().units.flatMap(({ key, versions }) => {
      const code = versions[0]?.code ?? ''
      return /^u:2024:\d\d$/.test(key) ? [`0${code}`] : []
    }),
  )
  return provinces
}

/**
 * What the twelve digits of a personal number say: century and sex, year, and whether the first three are an old province.
 * Countries of birth and mistakes are not told apart, so an unknown beginning is a warning only.
 * @source Decree 137/2015/NĐ-CP Art. 13, Circular 59/2021/TT-BCA Art. 4
 */
export function readPersonalNumber(
  digits: string,
): { sex: 'male' | 'female'; birthYear: number; isPlaceKnown: boolean } | null {
  if (!/^\d{12}$/.test(digits)) return null
  const century = Number(digits[3])
  return {
    sex: century % 2 === 0 ? 'male' : 'female',
    birthYear: 1900 + Math.floor(century / 2) * 100 + Number(digits.slice(4, 6)),
    isPlaceKnown: oldProvinces().has(digits.slice(0, 3)),
  }
}
