import type { NumberedAs } from './docx-numbering.ts'
import { readXml } from './xml.ts'

interface Style {
  basedOn: string | null
  list: string | null
  level: number | null
  font: string | null
}

/** What a paragraph's style brings: its list and level, and the font of its words. */
export interface DocxStyles {
  numbering: (style: string) => NumberedAs | null
  font: (style: string | null) => string | null
}

export function docxStyles(xml: string | null): DocxStyles {
  const { styles, usual } = xml === null ? { styles: new Map<string, Style>(), usual: null } : readStyles(xml)
  return { numbering: styleNumbering(styles), font: styleFont(styles, usual) }
}

/** The font of a style, looked up through the styles it is based on; else the document's own. */
function styleFont(styles: ReadonlyMap<string, Style>, usual: string | null): DocxStyles['font'] {
  const known = new Map<string, string | null>()
  return (id) => {
    const key = id ?? 'Normal'
    const found = known.get(key)
    if (found !== undefined) return found
    let style = styles.get(key) ?? styles.get('Normal')
    let font: string | null = null
    for (let round = 0; style && font === null && round < 12; round += 1) {
      font = style.font
      style = style.basedOn === null ? undefined : styles.get(style.basedOn)
    }
    known.set(key, font ?? usual)
    return font ?? usual
  }
}

/** Numbering that comes with a paragraph's style, looked up through the styles it is based on. */
function styleNumbering(styles: ReadonlyMap<string, Style>): DocxStyles['numbering'] {
  return (id) => {
    let list: string | null = null
    let level: number | null = null
    let style = styles.get(id)
    for (let round = 0; style && round < 12; round += 1) {
      list ??= style.list
      level ??= style.level
      style = style.basedOn === null ? undefined : styles.get(style.basedOn)
    }
    return list === null || list === '0' ? null : { list, level: level ?? 0 }
  }
}

function readStyles(xml: string): { styles: Map<string, Style>; usual: string | null } {
  const styles = new Map<string, Style>()
  let current: Style | null = null
  let usual: string | null = null
  readXml(xml, {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? ''
      if (name === 'w:style') {
        current = { basedOn: null, list: null, level: null, font: null }
        styles.set(attributes['w:styleId'] ?? '', current)
      } else if (name === 'w:rFonts') {
        const font = attributes['w:ascii'] ?? null
        if (current) current.font ??= font
        else usual ??= font
      } else if (!current) return
      else if (name === 'w:basedOn') current.basedOn = value
      else if (name === 'w:numId') current.list = value
      else if (name === 'w:ilvl') current.level = Number(value)
    },
    close: (name) => {
      if (name === 'w:style') current = null
    },
    text: () => undefined,
  })
  return { styles, usual }
}
