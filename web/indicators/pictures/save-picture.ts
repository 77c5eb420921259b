import { writeCsv } from '#platform/model'

/** What is laid on each part of a picture that leaves the page, which takes its style sheet along. */
const carried = [
  'fill',
  'fill-opacity',
  'fill-rule',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'vector-effect',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'opacity',
] as const

const letters = "'Be Vietnam Pro', 'Noto Sans', Arial, sans-serif"
const namespace = 'http://www.w3.org/2000/svg'
const margin = 16
const leading = 1.5

/** A mark of the legend as it is drawn on the page, and what it means. */
export type Mark = { drawing: SVGSVGElement; words: string }

export type Words = { title: string; marks: readonly Mark[]; notes: readonly string[] }

/** The picture as one file that needs nothing else: with its title above, and below it what must be known of it. */
function pictureText(
  svg: SVGSVGElement,
  { title, marks, notes }: Words,
): { text: string; width: number; height: number } {
  const { width, height } = svg.viewBox.baseVal
  const page = getComputedStyle(svg)
  const size = Number.parseFloat(page.fontSize) || 16
  const wide = Math.max(width, 480)
  const titles = inLines(title, wide, size)
  const lines = notes.flatMap((note) => inLines(note, wide, size * 0.8))
  const top = margin + titles.length * size * leading
  const legend = marks.length * size * leading
  const whole = {
    width: wide + 2 * margin,
    height: top + height + legend + lines.length * size * 0.8 * leading + 2 * margin,
  }
  const sheet = document.createElementNS(namespace, 'svg')
  sheet.setAttribute('xmlns', namespace)
  sheet.setAttribute('width', String(whole.width))
  sheet.setAttribute('height', String(whole.height))
  sheet.setAttribute('viewBox', `0 0 ${whole.width} ${whole.height}`)
  sheet.setAttribute('font-family', letters)
  const ground = document.createElementNS(namespace, 'rect')
  ground.setAttribute('width', '100%')
  ground.setAttribute('height', '100%')
  ground.setAttribute('fill', plainColour(page.getPropertyValue('--sheet')))
  const ink = plainColour(page.color)
  const drawing = copyOf(svg)
  drawing.setAttribute('x', String(margin))
  drawing.setAttribute('y', String(top))
  drawing.setAttribute('width', String(width))
  drawing.setAttribute('height', String(height))
  sheet.append(
    ground,
    ...titles.map((line, at) => written(line, { y: margin + (at + 0.8) * size * leading, size, ink, bold: true })),
  )
  sheet.append(drawing)
  for (const [at, mark] of marks.entries()) {
    const y = top + height + margin / 2 + at * size * leading
    const sign = copyOf(mark.drawing)
    for (const [name, value] of Object.entries({ x: margin, y, width: size, height: size }))
      sign.setAttribute(name, String(value))
    const words = written(mark.words, { y: y + size * 0.8, size: size * 0.8, ink, bold: false })
    words.setAttribute('x', String(margin + size * 1.5))
    sheet.append(sign, words)
  }
  const below = top + height + legend + margin
  sheet.append(
    ...lines.map((line, at) =>
      written(line, { y: below + (at + 0.5) * size * 0.8 * leading, size: size * 0.8, ink, bold: false }),
    ),
  )
  return { text: new XMLSerializer().serializeToString(sheet), ...whole }
}

function written(
  words: string,
  { y, size, ink, bold }: { y: number; size: number; ink: string; bold: boolean },
): SVGElement {
  const text = document.createElementNS(namespace, 'text')
  text.setAttribute('x', String(margin))
  text.setAttribute('y', String(y))
  text.setAttribute('font-size', String(size))
  text.setAttribute('fill', ink)
  if (bold) text.setAttribute('font-weight', '600')
  text.textContent = words
  return text
}

/** Words in lines that fit, by the usual width of a letter. */
function inLines(words: string, width: number, size: number): string[] {
  const most = Math.max(20, Math.floor(width / (size * 0.52)))
  const lines: string[] = []
  for (const word of words.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A copy that looks the same without style sheets. */
function copyOf(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const [from, to] = [[...svg.querySelectorAll('*')], [...copy.querySelectorAll('*')]]
  for (const [at, element] of from.entries()) {
    const target = to[at]
    if (target === undefined) continue
    const style = getComputedStyle(element)
    for (const name of carried) target.setAttribute(name, plainColour(style.getPropertyValue(name)))
    for (const name of ['class', 'tabindex', 'style']) target.removeAttribute(name)
  }
  copy.removeAttribute('class')
  return copy
}

/** `color(srgb 0.2 0.4 0.6)`, as mixed colours are told, as every program reads it. */
function plainColour(value: string): string {
  return value
    .trim()
    .replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ [\d.e-]+)?\)/g, (_, ...parts: string[]) => {
      const hex = parts.slice(0, 3).map((part) =>
        Math.round(Math.min(1, Math.max(0, Number(part))) * 255)
          .toString(16)
          .padStart(2, '0'),
      )
      return `#${hex.join('')}`
    })
}

export function saveSvg(svg: SVGSVGElement, words: Words, name: string): void {
  save(new Blob([pictureText(svg, words).text], { type: 'image/svg+xml' }), `${name}.svg`)
}

/** How many points of a picture in points stand for one on the screen: sharp on paper. */
const fineness = 2

export async function savePng(svg: SVGSVGElement, words: Words, name: string): Promise<void> {
  const { text, width, height } = pictureText(svg, words)
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(width * fineness)
    canvas.height = Math.ceil(height * fineness)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (made === null) throw new Error('The picture is too large for this browser')
    save(made, `${name}.png`)
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** The table of a picture; what a spreadsheet would take for a formula is guarded. */
export function saveCsv(table: Table, name: string): void {
  const columns = table.head.map((head) => ({ head, width: 20 }))
  const bytes = writeCsv({ columns, rows: table.rows.map((row) => [...row]) })
  save(new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), `${name}.csv`)
}

/** What a picture shows, in words and numbers. */
export type Table = { head: readonly string[]; rows: readonly (readonly (string | number | null)[])[] }

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** A name for a file: letters and digits without marks. */
export function fileName(...words: readonly string[]): string {
  return words
    .join(' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
    .slice(0, 160)
    .replace(/^-|-$/g, '')
}
