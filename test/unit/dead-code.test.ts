import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { deadCode } from '../check/dead-code.ts'
import { scratchDirectory } from '../kit/children.ts'

const scratch = scratchDirectory()
afterAll(() => scratch.remove())

/** A house where everything is used. */
const sound: Record<string, string> = {
  'package.json': JSON.stringify({ scripts: { start: 'node src/main.ts' }, dependencies: { zod: '4' } }),
  'src/main.ts': `import { grow } from '#shoots'\ngrow()`,
  'src/shoots/index.ts': `export { grow, type Shoot } from './grow.ts'`,
  'src/shoots/grow.ts': `import { z } from 'zod'\nexport type Shoot = z.ZodType\nexport function grow(): Shoot { return z.string() }`,
}

let houses = 0
function faultsOf(changed: Record<string, string>, excuses: Record<string, string> = {}): string[] {
  const root = path.join(scratch.path, String(houses++))
  const files = { ...sound, ...changed }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  const names = Object.keys(files).filter((name) => !name.endsWith('.json'))
  return deadCode(root, names, excuses)
}

describe('dead code', () => {
  test('is not found where everything is used', () => {
    expect(faultsOf({})).toEqual([])
  })

  test.each<[string, Record<string, string>, string]>([
    ['a file nobody imports', { 'src/shoots/old.ts': '' }, 'src/shoots/old.ts: nobody imports it'],
    [
      'a file only tests import',
      { 'src/shoots/old.ts': 'export const a = 1', 'src/shoots/old.test.ts': `import { a } from './old.ts'\na` },
      'src/shoots/old.ts: only tests import it',
    ],
    [
      'an export only tests use',
      {
        'src/shoots/grow.ts': `${sound['src/shoots/grow.ts']}\nexport const height = 1`,
        'src/shoots/grow.test.ts': `import { height } from './grow.ts'\nheight`,
      },
      'src/shoots/grow.ts: height is exported, and only tests use it',
    ],
    ['a style sheet no page takes', { 'web/kit/old.module.css': '' }, 'web/kit/old.module.css: nobody imports it'],
    [
      'an export only its own file uses',
      { 'src/shoots/grow.ts': `${sound['src/shoots/grow.ts']}\nexport const height = 1\nheight` },
      'src/shoots/grow.ts: height is exported, and only its own file uses it',
    ],
    [
      'what a door offers and nobody takes',
      {
        'src/shoots/index.ts': `${sound['src/shoots/index.ts']}\nexport { cut } from './cut.ts'`,
        'src/shoots/cut.ts': 'export function cut() {}',
      },
      'src/shoots/index.ts: cut is exported, and nobody uses it',
    ],
    [
      'a name a model hands on from a part of it, and nobody takes',
      { 'src/shoots/model.ts': `export * from './model/leaf.ts'`, 'src/shoots/model/leaf.ts': 'export const leaf = 1' },
      'src/shoots/model/leaf.ts: leaf is exported, and nobody uses it',
    ],
    [
      'a package nobody imports',
      { 'package.json': JSON.stringify({ dependencies: { zod: '4', left: '1' } }) },
      'left: declared, and nobody imports it',
    ],
    [
      'a package that is not declared',
      { 'src/main.ts': `import 'right'\n${sound['src/main.ts']}` },
      'right: imported by src/main.ts and not declared',
    ],
    [
      'a package of the server that only tests need',
      {
        'package.json': JSON.stringify({ dependencies: { zod: '4', left: '1' } }),
        'src/a.test.ts': `import 'left'`,
      },
      'left: a dependency of the server, and only src/a.test.ts takes it',
    ],
    [
      'a script that runs what is not there',
      { 'package.json': JSON.stringify({ scripts: { start: 'node bin/gone.mjs' }, dependencies: { zod: '4' } }) },
      'package.json runs bin/gone.mjs, which is not there',
    ],
  ])('is found: %s', (_, changed, fault) => {
    expect(faultsOf(changed)).toContain(fault)
  })

  test('is not found in names taken while running, through a whole import or a star', () => {
    const taken = `const { leaf } = await import('./leaf.ts')\nexport const all = leaf`
    const faults = faultsOf({
      'src/shoots/index.ts': `${sound['src/shoots/index.ts']}\nexport { all } from './all.ts'`,
      'src/shoots/all.ts': taken,
      'src/shoots/leaf.ts': 'export const leaf = 1',
      'src/shoots/model.ts': `export * from './model/stem.ts'`,
      'src/shoots/model/stem.ts': 'export const stem = 1',
      'src/main.ts': `import { all, grow } from '#shoots'\nimport { stem } from '#shoots/model'\ngrow(all, stem)`,
    })
    expect(faults).toEqual([])
  })

  test('is excused by the list, and an excuse nobody needs is a fault', () => {
    expect(faultsOf({ 'src/shoots/old.ts': '' }, { 'src/shoots/old.ts': 'why' })).toEqual([])
    expect(faultsOf({}, { 'src/shoots/old.ts': 'why' })).toEqual([
      'the allow-list excuses src/shoots/old.ts, which needs no excuse',
    ])
  })
})
