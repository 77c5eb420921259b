import { readFileSync } from 'node:fs'
import path from 'node:path'
import { variants } from './variants.ts'
import type { Variant } from './variant.ts'

export const root = path.resolve(import.meta.dirname, '..', '..')

/** The variant this process runs with, named by the environment; undefined for the product as it is. */
export function variantOfRun(): Variant | undefined {
  const name = process.env.MANGNON_VARIANT ?? ''
  if (name === '') return undefined
  const variant = variants.find((one) => one.name === name)
  if (variant === undefined) throw new Error(`no variant ${name}`)
  return variant
}

/** The text of a file with the variant's place replaced. @throws when it does not stand there exactly once */
export function spoilt(text: string, { name, in: place }: Variant): string {
  if (place === undefined) return text
  const parts = text.split(place.find)
  if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times in ${place.file}`)
  return parts.join(place.replace)
}

/** Whether the variant still fits the code, said as a fault. */
export function faultOf(variant: Variant): string | undefined {
  try {
    if (variant.in) spoilt(readFileSync(path.join(root, variant.in.file), 'utf8'), variant)
    const tests = readFileSync(path.join(root, variant.caughtBy.file), 'utf8')
    return tests.includes(variant.caughtBy.test) ? undefined : `${variant.name}: no test “${variant.caughtBy.test}”`
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}
