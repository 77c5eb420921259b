import { randomFrom } from './random.ts'

/** One line of a list with Western names, and whom it is of. */
export type WesternLine = { cells: string[]; person: number }

export const westernHeadings = 'unique_id,first_name,surname,dob,city,email'

const split = (text: string) => text.split(' ')
/** The most frequent first. Own compilation of names in use in England, France, Germany and Spain. */
const givens = split(
  'Olivia George Emma Noah Amelia Jack Isla Oliver Ava Harry Mia Arthur Ella Leo Lily Oscar Sophie Thomas Lucas Louise Gabriel Jade Raphaël Alice Louis Chloé Hugo Léa Jules Manon Adam Inès Paul Camille Nathan Zoé Théo Anna Ben Hannah Elias Marie Finn Clara Jonas Lena Luca Sofía Mateo Martina Daniel María Alejandro Lucía Pablo Paula Álvaro Carmen Diego Elena James Charlotte William Grace Henry Freya Charlie Rosie Edward Evelyn Joseph Florence Samuel Daisy Jean-Luc Anne-Marie Marie-Claire José Zoë Siân Seán Aoife Niamh Kathryn Catherine Elizabeth Margaret Robert Richard Michael Andrew Christopher Jonathan Matthew Nicholas Stephen Steven Philip Peter Sarah Rachel Rebecca Jessica Laura Helen Susan',
)
const families = split(
  'Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Ruiz Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann O’Brien Murphy Kelly Walsh Byrne Ryan MacDonald Campbell Stewart Anderson Murray Clark Reid Ross Young Mitchell Harris Lewis Cooper King Baker Harrison Allen Carter Phillips Edwards Collins Turner Parker Cook Morris Rogers Reed Bailey Bell Howard Ward Cox Richardson Watson Brooks Bennett Gray Hughes Price Myers Long Foster Sanders Powell Perry Russell Sullivan Fisher Henderson Coleman Simmons Patterson Jordan Reynolds Hamilton Graham Wallace West Cole Hayes Bryant Gibson Ellis Stevens Ford Marshall Owens Harper Mason Webb Kennedy Burns Gordon Shaw Holmes Rice Hunt Black Daniels Palmer Mills Grant Knight Ferguson Stone Hawkins Dunn Hudson Spencer Gardner Payne Pierce Berry Arnold Lawrence Elliott Chapman Duncan Armstrong Carroll Hart Cunningham Bradley Lane Andrews Ruiz-Gallardón Smith-Jones Lloyd-Davies',
)
const cities = split(
  'London Birmingham Manchester Leeds Glasgow Paris Lyon Marseille Toulouse Nice Berlin Hamburg München Köln Frankfurt Madrid Barcelona Valencia Sevilla Zaragoza Liverpool Bristol Sheffield Edinburgh Cardiff Nantes Strasbourg Bordeaux Lille Dresden Leipzig Stuttgart Bilbao Málaga Murcia York Bath Derby Oxford Cambridge Luton Poole Swindon Plymouth Norwich Exeter Dundee Aberdeen Swansea Newport',
)
const short: Record<string, string> = {
  Robert: 'Bob',
  Richard: 'Rick',
  Michael: 'Mike',
  Elizabeth: 'Liz',
  Margaret: 'Meg',
  William: 'Will',
  James: 'Jim',
  Christopher: 'Chris',
  Katherine: 'Kate',
  Catherine: 'Cathy',
  Thomas: 'Tom',
  Samuel: 'Sam',
  Daniel: 'Dan',
  Matthew: 'Matt',
  Nicholas: 'Nick',
  Stephen: 'Steve',
  Steven: 'Steve',
  Rebecca: 'Becky',
  Andrew: 'Andy',
  Jonathan: 'Jon',
  Charlotte: 'Lottie',
}

type Person = { given: string; family: string; date: [number, number, number]; city: string; email: string }

/**
 * Makes a list of adults and children with Western names, as it may come from a shop or a clinic: three in ten are there again, one
 * to three times, written by another hand. The same seed makes the same list.
 * @param errors how careless the other hand is; 1 is usual
 * @param missing how much is left out; 1 is usual
 */
export function makeWestern(
  size: number,
  seed: number,
  { errors = 1, missing = 1 }: { errors?: number; missing?: number } = {},
): WesternLine[] {
  const random = randomFrom(seed)
  const chance = (share: number) => random() < share
  const draw = (list: readonly string[], power: number) => list[Math.floor(list.length * random() ** power)] ?? ''
  const lines: WesternLine[] = []
  for (let person = 0; lines.length < size; person++) {
    const own = personOf(random, draw)
    const copies = chance(0.3) ? 1 + Math.floor(random() * 3) : 0
    for (let copy = 0; copy <= copies && lines.length < size; copy++) {
      const cells = written(own, { chance, random, draw, share: (copy === 0 ? 0.25 : 1) * errors, missing })
      lines.push({ cells: [`r${lines.length + 1}`, ...cells], person })
    }
  }
  return lines
}

type Draw = (list: readonly string[], power: number) => string

function personOf(random: () => number, draw: Draw): Person {
  const given = draw(givens, 1.6)
  const family = draw(families, 1.8)
  const year = 1940 + Math.floor(random() * 78)
  // Nobody has another's address of mail: of people who bear the same name all but one add digits.
  const number = random() < 0.1 ? '' : String(Math.floor(random() * 100_000))
  return {
    given,
    family,
    date: [year, 1 + Math.floor(random() * 12), 1 + Math.floor(random() * 28)],
    city: draw(cities, 1.7),
    email: emailOf(given, family, number),
  }
}

function emailOf(given: string, family: string, number: string): string {
  const plain = (text: string) =>
    bare(text)
      .toLowerCase()
      .replace(/[^a-z]/g, '')
  return `${plain(given)}.${plain(family)}${number}@example.org`
}

type Hand = { chance: (share: number) => boolean; random: () => number; draw: Draw; share: number; missing: number }

function written(person: Person, { chance, random, draw, share, missing }: Hand): string[] {
  const bad = (rate: number) => chance(rate * share)
  let { given, family, city, email } = person
  let [year, month, day] = person.date
  if (bad(0.06)) given = short[given] ?? given
  if (bad(0.04)) family = draw(families, 1.8)
  if (bad(0.12)) given = slip(given, random)
  if (bad(0.12)) family = slip(family, random)
  if (bad(0.25)) [given, family] = [bare(given), bare(family)]
  if (bad(0.03)) [given, family] = [family, given]
  if (bad(0.03)) given = given.slice(0, 1)
  if (bad(0.03) && day <= 12) [month, day] = [day, month]
  if (bad(0.04)) day = 1 + Math.floor(random() * 28)
  if (bad(0.02)) year += chance(0.5) ? 1 : -1
  if (bad(0.15)) city = draw(cities, 1.7)
  if (bad(0.1)) city = slip(city, random)
  if (bad(0.08)) email = slip(email, random)
  if (bad(0.12)) email = emailOf(person.family, person.given, String(Math.floor(random() * 1000)))
  const two = (value: number) => String(value).padStart(2, '0')
  const left = (rate: number, text: string) => (chance(rate * missing) ? '' : text)
  return [
    left(0.08, given),
    left(0.06, family),
    left(0.06, `${year}-${two(month)}-${two(day)}`),
    left(0.12, city),
    left(0.22, email),
  ]
}

const letters = 'abcdefghiklmnoprstuvy'

function slip(text: string, random: () => number): string {
  const at = Math.floor(random() * Math.max(1, text.length - 1))
  const other = letters[Math.floor(random() * letters.length)] ?? ''
  const way = Math.floor(random() * 4)
  if (way === 0 && text.length > 2) return text.slice(0, at) + text.slice(at + 1)
  if (way === 1) return text.slice(0, at) + other + text.slice(at)
  if (way === 2) return text.slice(0, at) + other + text.slice(at + 1)
  return text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
}

function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '')
}
