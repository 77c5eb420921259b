import { closeSync, openSync, writeSync } from 'node:fs'
import type { Books, Records } from '../../src/linkage/input/records.ts'
import { idOf } from '../../src/linkage/output/results.ts'
import { dateText } from '../../src/linkage/values/dates.ts'
import { digitsOf } from '../../src/linkage/values/identifiers.ts'
import { csvOf, makeRegister, registerHeadings } from '../../test/kit/linkage/register.ts'

/** Which child and which birth each line is of, and how many pairs there are to find and to leave. */
export type Truth = { children: Int32Array; births: Int32Array; pairs: number; twins: number }

/** A quarter of first entries are written as badly as copies: so hard that Splink's levels reach 0.93 at most. */
const careless = 0.25

/** Writes a generated register. */
export function writeRegister(file: string, size: number, seed: number): Truth {
  const [children, births] = [new Int32Array(size), new Int32Array(size)]
  writeLines(file, (write) => {
    write(registerHeadings)
    let row = 0
    makeRegister(
      size,
      seed,
      (line) => {
        children[row] = line.child
        births[row++] = line.birth
        write(csvOf(line))
      },
      careless,
    )
  })
  const pairs = pairsWithin(children)
  return { children, births, pairs, twins: pairsWithin(births) - pairs }
}

function pairsWithin(groups: Int32Array): number {
  const sizes = new Int32Array(groups.reduce((most, group) => Math.max(most, group), 0) + 1)
  for (const group of groups) sizes[group] = (sizes[group] ?? 0) + 1
  return sizes.reduce((sum, one) => sum + (one * (one - 1)) / 2, 0)
}

function writeLines(file: string, produce: (write: (line: string) => void) => void): void {
  const descriptor = openSync(file, 'w')
  let buffer = ''
  produce((line) => {
    buffer += `${line}\n`
    if (buffer.length < 1 << 20) return
    writeSync(descriptor, buffer)
    buffer = ''
  })
  writeSync(descriptor, buffer)
  closeSync(descriptor)
}

/** Writes the records cleaned as ours sees them: what a user of Splink would have made before, so that both compare the same. */
export function writeCleaned(file: string, records: Records, books: Books): void {
  const field = (name: string) => records.fields.find((one) => one.name === name)
  const [name, mother, date, number, place, sex] = ['name', 'name of mother', 'date', 'identifier', 'place', 'sex'].map(
    field,
  )
  const { names } = records
  const bare = (value: number) =>
    Array.from(
      names.bare.subarray(names.starts[value], names.starts[value + 1]),
      (one) => books.names.foldedSyllables[one] ?? '',
    )
  const unit = (text: number) =>
    text === 0 ? '' : (place?.today?.[text] ?? 0) === 0 ? `t${text}` : `u${place?.today?.[text] ?? 0}`
  writeLines(file, (write) => {
    write('id,name,given,bag,mother,dob,number,place,place_key,sex')
    for (let record = 0; record < records.count; record++) {
      const [own, parent, town] = [name?.values[record] ?? 0, mother?.values[record] ?? 0, place?.values[record] ?? 0]
      const words = own === 0 ? [] : bare(own)
      const given = own === 0 ? '' : (books.names.foldedSyllables[names.given[own] ?? 0] ?? '')
      write(
        [
          idOf(books, record),
          words.join(' '),
          given,
          own === 0 ? '' : String(names.bag[own] ?? 0),
          parent === 0 ? '' : bare(parent).join(' '),
          dateText(date?.values[record] ?? 0),
          digitsOf(number?.values[record] ?? 0, number?.low?.[record] ?? 0) ?? '',
          town === 0 ? '' : String(town),
          unit(town),
          sex?.values[record] === 0 ? '' : String(sex?.values[record]),
        ].join(','),
      )
    }
  })
}
