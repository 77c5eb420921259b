import type { NumberedAs } from './docx-numbering.ts'
import { readXml } from './xml.ts'

interface Style {
  basedOn: string | null
  list: string | null
  level: number | null
}

/** Numbering that comes with a paragraph's style, looked up through the styles it is based on. */
export function styleNumbering(xml: string | null): (style: string) => NumberedAs | null {
  const styles = xml === null ? new Map<string, Style>() : readStyles(xml)
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

function readStyles(xml: string): Map<string, Style> {
  const styles = new Map<string, Style>()
  let current: Style | null = null
  readXml(xml, {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? ''
      if (name === 'w:style') {
        current = { basedOn: null, list: null, level: null }
        styles.set(attributes['w:styleId'] ?? '', current)
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
  return styles
}
