const numerals: readonly (readonly [number, string])[] = [
  [1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'],
  [5, 'V'], [4, 'IV'], [1, 'I'],
] // prettier-ignore

/** 4 → IV. What is below 1 or above 3,999 has no numeral: the nearest stands for it, however large a file says it is. */
export function roman(value: number): string {
  let left = Math.min(Math.max(Math.trunc(value), 1), 3_999)
  let numeral = ''
  for (const [worth, sign] of numerals) {
    while (left >= worth) {
      numeral += sign
      left -= worth
    }
  }
  return numeral
}
