import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** One mention of another file or package: by the names taken from it, or `'all'` where the whole is taken. */
export type Mention = { specifier: string; names: string[] | 'all' }

/** What one file gives and takes. */
export type SourceFile = {
  path: string
  /** Names it exports itself or hands on; `starFrom` are files whose exports it hands on whole. */
  exports: string[]
  /** Those of them that are types alone. */
  types: Set<string>
  /** Those of them that the file uses itself. */
  usedWithin: Set<string>
  starFrom: string[]
  mentions: Mention[]
  /** Texts written in the file, in which programs and packages can be named. */
  texts: string[]
}

/** Reads one file of TypeScript or JavaScript by its syntax alone. */
export function indexFile(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kindOf(file))
  const found: SourceFile = {
    path: file,
    exports: [],
    types: new Set(),
    usedWithin: new Set(),
    starFrom: [],
    mentions: [],
    texts: [],
  }
  source.statements.forEach((statement) => readStatement(statement, found))
  visit(source, found)
  return found
}

function kindOf(file: string): ts.ScriptKind {
  if (file.endsWith('.tsx')) return ts.ScriptKind.TSX
  return /\.m?js$/.test(file) ? ts.ScriptKind.JS : ts.ScriptKind.TS
}

function readStatement(statement: ts.Statement, found: SourceFile): void {
  if (ts.isImportDeclaration(statement)) {
    const specifier = textOf(statement.moduleSpecifier)
    found.mentions.push({ specifier, names: namesTaken(statement.importClause) })
  } else if (ts.isExportDeclaration(statement)) readExportDeclaration(statement, found)
  else if (isExported(statement)) {
    const names = declaredNames(statement)
    found.exports.push(...names)
    if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement))
      names.forEach((name) => found.types.add(name))
  }
}

function namesTaken(clause: ts.ImportClause | undefined): string[] | 'all' {
  if (clause === undefined) return []
  const bindings = clause.namedBindings
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) return 'all'
  const named = bindings?.elements.map((element) => (element.propertyName ?? element.name).text) ?? []
  return clause.name === undefined ? named : ['default', ...named]
}

function readExportDeclaration(statement: ts.ExportDeclaration, found: SourceFile): void {
  const specifier = statement.moduleSpecifier === undefined ? undefined : textOf(statement.moduleSpecifier)
  const clause = statement.exportClause
  if (clause === undefined || ts.isNamespaceExport(clause)) {
    if (specifier === undefined) return
    if (clause === undefined) found.starFrom.push(specifier)
    else found.mentions.push({ specifier, names: 'all' })
    return
  }
  for (const element of clause.elements) {
    found.exports.push(element.name.text)
    if (statement.isTypeOnly || element.isTypeOnly) found.types.add(element.name.text)
  }
  if (specifier !== undefined)
    found.mentions.push({
      specifier,
      names: clause.elements.map((element) => (element.propertyName ?? element.name).text),
    })
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  return modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) === true
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement)
  return isNamed && statement.name !== undefined ? [statement.name.text] : []
}

/** Imports made while running, types named by import, texts, and names used beside where they are declared. */
function visit(node: ts.Node, found: SourceFile): void {
  if (ts.isIdentifier(node) && found.exports.includes(node.text) && !isDeclaration(node))
    found.usedWithin.add(node.text)
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const argument = node.arguments[0]
    if (argument !== undefined && ts.isStringLiteral(argument))
      found.mentions.push({ specifier: argument.text, names: namesAfter(node) })
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument
    if (ts.isStringLiteral(literal)) found.mentions.push({ specifier: literal.text, names: 'all' })
  } else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node)) {
    if (!isSpecifier(node)) found.texts.push(node.text)
  }
  ts.forEachChild(node, (child) => visit(child, found))
}

/** The name of a declaration or of what is imported or handed on, as opposed to a use of it. */
function isDeclaration(name: ts.Identifier): boolean {
  const { parent } = name
  if (ts.isExportSpecifier(parent) || ts.isImportSpecifier(parent)) return true
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === name
  return ts.isDeclarationStatement(parent) || (ts.isVariableDeclaration(parent) && parent.name === name)
}

/** `(await import('x')).name` takes one name; anything else is taken to use all. */
function namesAfter(call: ts.Node): string[] | 'all' {
  let node = call.parent
  while (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node)) node = node.parent
  return ts.isPropertyAccessExpression(node) ? [node.name.text] : 'all'
}

function isSpecifier(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node.parent) ||
    ts.isExportDeclaration(node.parent) ||
    (ts.isCallExpression(node.parent) && node.parent.expression.kind === ts.SyntaxKind.ImportKeyword)
  )
}

function textOf(node: ts.Expression): string {
  return ts.isStringLiteral(node) ? node.text : ''
}

/** The file a specifier leads to, from the project's root; undefined for a package or a builtin. */
export function resolveSpecifier(root: string, from: string, specifier: string): string | undefined {
  const door = /^#([^/]+)(\/model)?$/.exec(specifier)
  if (door) return path.join('src', door[1] ?? '', door[2] === undefined ? 'index.ts' : 'model.ts')
  if (!specifier.startsWith('.')) return undefined
  const target = path.normalize(path.join(path.dirname(from), specifier))
  return existsSync(path.join(root, target)) ? target : undefined
}

/** `@scope/name/part` → `@scope/name`; undefined for files, doors and what Node brings along. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('#') || specifier.startsWith('node:')) return undefined
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
