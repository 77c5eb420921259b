import { randomFrom } from './random.ts'
import * as words from './words.ts'

/** One line of the register: what was written, and which child it is of. */
export type Line = {
  id: string
  name: string
  birthDate: string
  sex: string
  number: string
  commune: string
  mother: string
  child: number
  /** Which birth: twins share it. */
  birth: number
}

type Child = {
  child: number
  birth: number
  isMale: boolean
  family: string
  middle: string
  given: string
  date: [number, number, number]
  number: string
  commune: number
  mother: string
}

/**
 * Makes a register of children as a commune's lists, merged, might hold it: 10 in 110 lines are of a child who stands there
 * already, written by another hand. Twins are 1.2 % of children, a third of children have brothers or sisters. The same seed makes the same
 * register.
 *
 * @param size lines in all
 * @param take receives each line; order is that of the register
 * @param careless share of first entries written as badly as copies are
 */
export function makeRegister(size: number, seed: number, take: (line: Line) => void, careless = 0): void {
  const random = randomFrom(seed)
  const make = makerOf(size, random)
  let line = 0
  let births = 0
  let children = 0
  const next = (child: Child, isCopy: boolean) => {
    const isBad = isCopy || (careless > 0 && random() < careless)
    if (line < size) take(written(child, { random, line: line++, isCopy: isBad, communes: make.communes }))
  }
  while (line < size) {
    const family = make.family()
    const wanted = pick([1, 1, 2, 2, 3], random)
    for (let birth = 0; birth < wanted; birth++) {
      const born = make.children(family, births++)
      for (const child of born) {
        const numbered = { ...child, child: children++ }
        next(numbered, false)
        if (random() < 0.1) next(numbered, true)
        if (random() < 0.004) next(numbered, true)
      }
    }
  }
}

type Random = () => number
type Family = { family: string; mother: string; commune: number; isMinority: boolean }
type Maker = { communes: string[]; family: () => Family; children: (family: Family, birth: number) => Child[] }

function makerOf(size: number, random: Random): Maker {
  const communes = communesFor(Math.max(8, Math.round((size * 3321) / 25_000_000)))
  const communeOf = drawer(
    communes.map((_name, rank) => (rank + 1) ** -0.55),
    random,
  )
  const familyOf = drawer(
    words.familyNames.map((_name, rank) => words.familyShares[rank] ?? 12 / (rank + 1)),
    random,
  )
  const draw = (list: readonly string[], power: number) =>
    drawer(
      list.map((_word, rank) => (rank + 2) ** -power),
      random,
    )
  const middles = { male: draw(words.maleMiddles, 0.9), female: draw(words.femaleMiddles, 1.0) }
  const givens = { male: draw(words.maleGiven, 0.6), female: draw(words.femaleGiven, 0.6) }
  const nameOf = (isMale: boolean): [string, string] =>
    isMale
      ? [words.maleMiddles[middles.male()] ?? '', words.maleGiven[givens.male()] ?? '']
      : [words.femaleMiddles[middles.female()] ?? '', words.femaleGiven[givens.female()] ?? '']
  const personal = (isMale: boolean, family: Family): [string, string] => {
    if (!family.isMinority || random() < 0.4) return nameOf(isMale)
    return [random() < 0.6 ? (isMale ? 'A' : 'Thị') : '', pick(words.minorityGiven, random)]
  }
  const family = (): Family => {
    const name = words.familyNames[familyOf()] ?? ''
    const [middle, given] = nameOf(false)
    const mother = `${words.familyNames[familyOf()] ?? ''} ${random() < 0.75 ? 'Thị' : middle} ${given}`
    return { family: name, mother, commune: communeOf(), isMinority: words.minorityFamilies.has(name) }
  }
  const children = (own: Family, birth: number): Child[] => {
    const date: [number, number, number] = [
      2010 + Math.floor(random() * 16),
      1 + Math.floor(random() * 12),
      1 + Math.floor(random() * 28),
    ]
    const isTwins = random() < 0.0121
    const isMale = random() < 0.52
    const first = childOf(own, { birth, date, isMale, random, name: personal(isMale, own) })
    if (!isTwins) return [first]
    const sameSex = random() < 0.65 ? isMale : !isMale
    const [middle, given] = personal(sameSex, own)
    const keepsMiddle = sameSex === isMale && random() < 0.7
    const chosen = given === first.given ? pick(sameSex ? words.maleGiven : words.femaleGiven, random) : given
    return [
      first,
      childOf(own, { birth, date, isMale: sameSex, random, name: [keepsMiddle ? first.middle : middle, chosen] }),
    ]
  }
  return { communes, family, children }
}

function childOf(
  own: Family,
  {
    birth,
    date,
    isMale,
    random,
    name,
  }: { birth: number; date: [number, number, number]; isMale: boolean; random: Random; name: [string, string] },
): Child {
  const province = 1 + ((own.commune * 7) % 96)
  const digits = String(Math.floor(random() * 1_000_000)).padStart(6, '0')
  const number = `${String(province).padStart(3, '0')}${isMale ? 2 : 3}${String(date[0] % 100).padStart(2, '0')}${digits}`
  return {
    child: 0,
    birth,
    isMale,
    family: own.family,
    middle: name[0],
    given: name[1],
    date,
    number,
    commune: own.commune,
    mother: own.mother,
  }
}

function communesFor(count: number): string[] {
  const kinds = ['Xã', 'Phường']
  return Array.from({ length: count }, (_none, rank) => {
    const [first, second] = [
      words.hamlets[rank % words.hamlets.length],
      words.hamlets[Math.floor(rank / words.hamlets.length) % words.hamlets.length],
    ]
    const third = rank >= words.hamlets.length ** 2 ? ` ${Math.floor(rank / words.hamlets.length ** 2) + 1}` : ''
    return `${kinds[rank % 2] ?? ''} ${second ?? ''} ${first ?? ''}${third}`
  })
}

type Writing = { random: Random; line: number; isCopy: boolean; communes: readonly string[] }

const reused = ['001210000000', '079215000001', '048316123456']

/** A child as one hand wrote it: originals carefully, copies with what goes wrong. */
function written(child: Child, { random, line, isCopy, communes }: Writing): Line {
  const chance = (share: number) => random() < share
  let name = [child.family, child.middle, child.given].filter((part) => part !== '').join(' ')
  let { mother } = child
  let [year, month, day] = child.date
  let { isMale, commune, number } = child
  if (isCopy) {
    if (chance(0.06) && child.middle !== '') name = `${child.family} ${child.given}`
    if (chance(0.02) && !chance(0.5))
      name = [pick(words.familyNames, random), child.middle, child.given].filter((part) => part !== '').join(' ')
    if (chance(0.12)) name = slip(name, random)
    if (chance(0.05)) name = otherTone(name, random)
    if (chance(0.2)) name = bare(name)
    if (chance(0.03)) name = placeholder(child, random)
    if (chance(0.08)) mother = slip(mother, random)
    if (chance(0.15)) mother = bare(mother)
    if (chance(0.04)) mother = mother.replace(' Thị ', ' ')
    if (chance(0.03) && month !== day) [month, day] = [day > 12 ? month : day, day > 12 ? day : month]
    if (chance(0.03)) day = day < 28 ? day + 1 : day - 1
    if (chance(0.02)) [month, day] = [1, 1]
    if (chance(0.01)) year += chance(0.5) ? 1 : -1
    if (chance(0.18)) commune = Math.floor(random() * communes.length)
    if (chance(0.02)) isMale = !isMale
    if (chance(0.04)) number = slipDigit(number, random)
  }
  if (!isCopy && chance(0.008)) name = placeholder(child, random)
  if (chance(isCopy ? 0.45 : 0.25)) number = ''
  else if (chance(0.003)) number = pick(reused, random)
  if (chance(isCopy ? 0.2 : 0.05)) mother = ''
  if (chance(0.02)) name = name.toUpperCase()
  if (chance(0.03)) [name, mother] = [name.normalize('NFD'), mother.normalize('NFD')]
  const two = (value: number) => String(value).padStart(2, '0')
  return {
    id: `TE${String(line + 1).padStart(8, '0')}`,
    name,
    birthDate: `${two(day)}/${two(month)}/${year}`,
    sex: isMale ? 'Nam' : 'Nữ',
    number,
    commune: communes[commune] ?? '',
    mother,
    child: child.child,
    birth: child.birth,
  }
}

function placeholder(child: Child, random: Random): string {
  const given = child.mother.split(' ').at(-1) ?? ''
  return pick(
    [
      child.isMale ? 'Trai' : 'Gái',
      child.isMale ? 'Bé trai' : 'Bé gái',
      `Con bà ${given}`,
      `${child.family} ${child.isMale ? 'Văn Trai' : 'Thị Gái'}`,
      'Chưa đặt tên',
    ],
    random,
  )
}

const letters = 'abcdeghiklmnopqrstuvxy'

/** One letter put in, left out, exchanged, or two exchanged. */
function slip(text: string, random: Random): string {
  const at = 1 + Math.floor(random() * Math.max(1, text.length - 2))
  const other = letters[Math.floor(random() * letters.length)] ?? ''
  const way = Math.floor(random() * 4)
  if (way === 0) return text.slice(0, at) + text.slice(at + 1)
  if (way === 1) return text.slice(0, at) + other + text.slice(at)
  if (way === 2) return text.slice(0, at) + other + text.slice(at + 1)
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
}

/** Hỏi for ngã and the like: another tone on one syllable that has one. */
function otherTone(text: string, random: Random): string {
  const marks = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323']
  const apart = text.normalize('NFD')
  const places = [...apart].flatMap((letter, at) => (marks.includes(letter) ? [at] : []))
  const at = places.length === 0 ? -1 : pick(places, random)
  if (at < 0) return text
  const tone = apart[at] === '\u0309' ? '\u0303' : apart[at] === '\u0303' ? '\u0309' : pick(marks, random)
  return `${apart.slice(0, at)}${tone}${apart.slice(at + 1)}`.normalize('NFC')
}

function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')
}

function slipDigit(number: string, random: Random): string {
  const at = Math.floor(random() * number.length)
  return number.slice(0, at) + String(Math.floor(random() * 10)) + number.slice(at + 1)
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const value = list[Math.floor(random() * list.length)]
  if (value === undefined) throw new Error('nothing to choose from')
  return value
}

/** Draws places of a list by shares. */
function drawer(shares: readonly number[], random: Random): () => number {
  const sums: number[] = []
  let total = 0
  for (const share of shares) sums.push((total += share))
  return () => {
    const at = random() * total
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > at) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** The register as CSV under Vietnamese headings, in pieces. */
export const registerHeadings = 'Mã hồ sơ,Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân,Xã/phường,Họ tên mẹ'

/** One line as CSV. */
export function csvOf(line: Line): string {
  return `${line.id},${line.name},${line.birthDate},${line.sex},${line.number},${line.commune},${line.mother}`
}
