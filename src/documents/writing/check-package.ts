import { strFromU8, unzipSync } from 'fflate'

/**
 * Children of an element in the order the schema wants them; Word refuses or silently drops what stands elsewhere.
 * @source ECMA-376 part 1 (transitional), CT_PPr, CT_RPr, CT_TblPr, CT_TcPr, CT_SectPr, CT_Style and their parts
 */
const ORDER: Record<string, string> = {
  'w:pPr':
    'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange',
  'w:rPr':
    'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange',
  'w:tblPr':
    'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange',
  'w:tcPr':
    'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange',
  'w:sectPr':
    'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange',
  'w:style':
    'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr',
  'w:pBdr': 'top left bottom right between bar',
  'w:tblBorders': 'top left start bottom right end insideH insideV',
  'w:tblCellMar': 'top left start bottom right end',
  'w:tbl': 'bookmarkStart bookmarkEnd tblPr tblGrid tr',
  'w:tr': 'tblPrEx trPr tc',
  'w:p': 'pPr *',
  'w:r': 'rPr *',
  'w:body': '* sectPr',
}

const REQUIRED = ['[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/styles.xml', 'docProps/core.xml']

interface Element {
  name: string
  children: string[]
}

/** What is wrong with a Word file: parts, content types, relationships, XML, order of elements. Empty = nothing found. */
export function faultsOfPackage(file: Uint8Array): string[] {
  const parts = new Map(Object.entries(unzipSync(file)).map(([name, bytes]) => [name, strFromU8(bytes)]))
  const missing = REQUIRED.filter((name) => !parts.has(name)).map((name) => `missing part ${name}`)
  return [
    ...missing,
    ...[...parts].flatMap(([name, xml]) => faultsOfXml(xml).map((fault) => `${name}: ${fault}`)),
    ...typeFaults(parts),
    ...relationshipFaults(parts),
  ]
}

/** What is wrong with one part: not well-formed, a character XML cannot have, children out of order. */
export function faultsOfXml(xml: string): string[] {
  const faults: string[] = []
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(xml) || !xml.isWellFormed())
    faults.push('a character XML cannot have')
  const open: Element[] = []
  for (const [tag, close, name = '', selfClosed] of xml.matchAll(/<(\/)?([\w:.-]+)(?:\s[^<>]*?)?(\/)?>/g)) {
    if (close) {
      const element = open.pop()
      if (element?.name !== name) faults.push(`${tag} closes ${element?.name ?? 'nothing'}`)
      else faults.push(...orderFaults(element))
      continue
    }
    open.at(-1)?.children.push(name)
    if (!selfClosed) open.push({ name, children: [] })
  }
  if (open.length > 0) faults.push(`${open.length} elements are not closed`)
  const text = xml.replace(/<\?xml[^>]*\?>/, '').replace(/<\/?[\w:.-]+(?:\s[^<>]*?)?\/?>/g, '')
  if (/[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/.test(text))
    faults.push('text with markup that is not escaped')
  return faults
}

function orderFaults({ name, children }: Element): string[] {
  const order = ORDER[name]?.split(' ')
  if (order === undefined) return []
  let reached = 0
  for (const child of children) {
    const local = child.replace(/^w:/, '')
    const place = order.includes(local) ? order.indexOf(local) : order.indexOf('*')
    if (place < 0) return [`${child} is no child of ${name}`]
    if (place < reached) return [`${child} stands too late in ${name}`]
    reached = place
  }
  return []
}

function typeFaults(parts: Map<string, string>): string[] {
  const types = parts.get('[Content_Types].xml') ?? ''
  const overrides = new Set(attributes(types, 'Override', 'PartName').map((name) => name.slice(1)))
  const extensions = new Set(attributes(types, 'Default', 'Extension'))
  return [
    ...[...parts.keys()]
      .filter(
        (name) =>
          name !== '[Content_Types].xml' && !overrides.has(name) && !extensions.has(name.split('.').at(-1) ?? ''),
      )
      .map((name) => `${name} has no content type`),
    ...[...overrides].filter((name) => !parts.has(name)).map((name) => `content type of ${name}, which is not there`),
  ]
}

function relationshipFaults(parts: Map<string, string>): string[] {
  return [...parts].flatMap(([name, xml]) => {
    if (!name.endsWith('.rels')) return []
    const folder = name.replace(/_rels\/[^/]*$/, '')
    const source = name.replace(/_rels\/([^/]*)\.rels$/, '$1')
    const ids = attributes(xml, 'Relationship', 'Id')
    const used = attributes(parts.get(source) ?? '', '[\\w:]+', 'r:id')
    return [
      ...attributes(xml, 'Relationship', 'Target').filter((target) => !parts.has(folder + target)).map((target) => `${name}: no ${target}`), // prettier-ignore
      ...(new Set(ids).size === ids.length ? [] : [`${name}: an id twice`]),
      ...used.filter((id) => !ids.includes(id)).map((id) => `${source}: ${id} leads nowhere`),
    ]
  })
}

function attributes(xml: string, element: string, attribute: string): string[] {
  const tags = xml.matchAll(new RegExp(`<${element}\\s[^<>]*?${attribute}="([^"]*)"`, 'g'))
  return [...tags].map(([, value]) => value ?? '')
}
