import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

/** The order of the mission (style §2): a module imports only modules that stand before it. */
const order = [
  'platform',
  'territory',
  'agencies',
  'access',
  'notifications',
  'documents',
  'linkage',
  'recommendations',
  'indicators',
  'children',
  'services',
  'plans',
  'budget',
  'reporting',
  'oversight',
  'interop',
  'site',
]

const root = path.resolve(import.meta.dirname, '..')
const files = ['src', 'web', 'countries', 'test'].flatMap((top) =>
  readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(top, name)),
)

type Import = { file: string; target: string }

function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true)
  return importedFiles.map((imported) => ({ file, target: imported.fileName }))
}

const imports = files.flatMap(importsOf)

function moduleOf(file: string): string | undefined {
  const [top, name] = file.split(path.sep)
  return top === 'src' && name !== undefined && !name.endsWith('.ts') ? name : undefined
}

function faults(judge: (imported: Import) => string | undefined): string[] {
  return imports.flatMap((imported) => {
    const fault = judge(imported)
    return fault ? [`${imported.file} → ${imported.target}: ${fault}`] : []
  })
}

describe('the house keeps its order', () => {
  test('the check sees the files and their imports', () => {
    expect(files.length).toBeGreaterThan(30)
    expect(imports.length).toBeGreaterThan(100)
  })

  test('every folder of src is a module of the order, with one door', () => {
    const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
    expect(folders.filter((name) => !order.includes(name))).toEqual([])
    expect(folders.filter((name) => !existsSync(path.join(root, 'src', name, 'index.ts')))).toEqual([])
  })

  test('a module imports only modules that stand before it, by their doors', () => {
    expect(
      faults(({ file, target }) => {
        const from = moduleOf(file)
        if (from === undefined || !target.startsWith('#')) return undefined
        const to = target.slice(1).replace(/\/model$/, '')
        if (!order.includes(to)) return 'not a door'
        const isOwnDoor = to === from && file.endsWith('.test.ts')
        return isOwnDoor || order.indexOf(to) < order.indexOf(from) ? undefined : 'against the order'
      }),
    ).toEqual([])
  })

  test('relative imports stay inside the module', () => {
    expect(
      faults(({ file, target }) => {
        if (!target.startsWith('.')) return undefined
        const from = moduleOf(file)
        const to = moduleOf(path.join(path.dirname(file), target))
        const [top, name] = path.join(path.dirname(file), target).split(path.sep)
        const isForTests =
          file.endsWith('.test.ts') && (`${top}/${name}` === 'test/kit' || `${top}/${name}` === 'countries/testland')
        if (from !== undefined) return to === from || isForTests ? undefined : 'leaves the module'
        return undefined
      }),
    ).toEqual([])
  })

  test('the browser imports only models of src, and src never imports the browser or a country', () => {
    expect(
      faults(({ file, target }) => {
        const top = file.split(path.sep)[0]
        if (top === 'web' && target.startsWith('#') && !target.endsWith('/model')) return 'only models'
        const reached = target.startsWith('.') ? path.join(path.dirname(file), target).split(path.sep)[0] : undefined
        const isForTests = file.endsWith('.test.ts') && reached === 'test'
        if (top === 'web' && reached !== undefined && reached !== 'web' && !isForTests && !/\.(json|css)$/.test(target))
          return 'leaves web'
        if (top === 'src' && (reached === 'web' || reached === 'countries') && !file.endsWith('.test.ts'))
          return 'src stands alone'
        return undefined
      }),
    ).toEqual([])
  })

  test('a model is browser-safe: only zod, models and plain rules', () => {
    expect(
      faults(({ file, target }) => {
        if (!/^src\/[^/]+\/model(\/.*)?\.ts$/.test(file)) return undefined
        return target === 'zod' || target.endsWith('/model') || target.startsWith('./') ? undefined : 'not browser-safe'
      }),
    ).toEqual([])
  })
})
