import { existsSync, readFileSync, statSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** Links of a page of Markdown to files and headings, outside code; addresses of the web are not followed. */
export function linksOf(markdown: string): string[] {
  const text = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map((match) => match[1] ?? '')
  const named = [...text.matchAll(/^\[[^\]]+\]:\s+<?([^\s>]+)/gm)].map((match) => match[1] ?? '')
  return [...inline, ...named].filter((link) => !/^[a-z][a-z0-9+.-]*:/i.test(link))
}

/** Names by which the headings of a page can be linked. */
export function anchorsOf(markdown: string): string[] {
  const text = markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
  const headings = [...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) =>
    (match[1] ?? '')
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return [...headings, ...[...markdown.matchAll(/\b(?:id|name)="([^"]+)"/g)].map((match) => match[1] ?? '')]
}

/** The links of a page that lead nowhere. */
export function brokenLinks(file: string): string[] {
  return linksOf(readFileSync(file, 'utf8')).filter((link) => {
    const [place = '', anchor] = link.split('#')
    const target = place === '' ? file : path.resolve(path.dirname(file), decodeURIComponent(place))
    if (!existsSync(target)) return true
    if (anchor === undefined || anchor === '' || !target.endsWith('.md') || statSync(target).isDirectory()) return false
    return !anchorsOf(readFileSync(target, 'utf8')).includes(decodeURIComponent(anchor))
  })
}

/** Pages that are, or are about to be, committed. */
export function pagesOf(root: string): string[] {
  const run = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`git ls-files failed: ${run.stderr}`)
  const names = run.stdout.split('\0').filter((name) => name !== '' && existsSync(path.join(root, name)))
  return names.map((name) => path.join(root, name))
}

if (process.argv[1] === import.meta.filename) {
  const root = path.resolve(import.meta.dirname, '..', '..')
  const pages = pagesOf(root)
  const faults = pages.flatMap((page) => brokenLinks(page).map((link) => `${path.relative(root, page)}: ${link}`))
  for (const fault of faults) console.error(fault)
  console.log(`${pages.length} pages`)
  process.exitCode = faults.length > 0 ? 1 : 0
}
