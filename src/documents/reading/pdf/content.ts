import { isWide, times, type Matrix } from './matrix.ts'

/** One printed character (or ligature), in points, from the page's upper left corner; `y` is its baseline. */
export interface Glyph {
  text: string
  x: number
  y: number
  width: number
  size: number
  font: string
  /** Printed invisibly over a picture: words that a machine recognised. */
  isHidden: boolean
}

/** A drawn line, horizontal (`from`…`to` along x, `at` is y) or vertical. */
export interface Rule {
  isHorizontal: boolean
  at: number
  from: number
  to: number
}

/** What a page shows, as far as a reader of words needs it. */
export interface PageContent {
  glyphs: Glyph[]
  rules: Rule[]
  width: number
  height: number
}

/** A page's drawing operations as the PDF engine gives them. */
export interface Operations {
  fnArray: readonly number[]
  argsArray: readonly unknown[]
}

/** Numbers of the operations that matter, by name. */
export type OperationCodes = Readonly<Record<string, number>>

interface Face {
  name: string
  /** Text space per glyph unit: a thousandth, or what a drawn (type 3) font says. */
  unit: number
}

interface TextState {
  ctm: Matrix
  matrix: Matrix
  x: number
  y: number
  lineX: number
  lineY: number
  size: number
  face: Face
  charSpacing: number
  wordSpacing: number
  stretch: number
  leading: number
  rise: number
  mode: number
  lineWidth: number
}

/**
 * Follows the drawing operations of a page and gives every character its place. Reading each character by itself, not
 * the engine's runs of text, keeps the order right where a program printed one sentence in two interleaved fonts.
 *
 * @param faceOf the font behind a font's key, or `null` while unknown
 */
export function contentOf(
  operations: Operations,
  page: { transform: Matrix; width: number; height: number },
  codes: OperationCodes,
  faceOf: (key: string) => Face | null,
): PageContent {
  const content: PageContent = { glyphs: [], rules: [], width: page.width, height: page.height }
  const names = new Map(Object.entries(codes).map(([name, code]) => [code, name]))
  const saved: TextState[] = []
  let state = initialState(page.transform)
  operations.fnArray.forEach((code, index) => {
    const args = listOf(operations.argsArray[index])
    switch (names.get(code) ?? '') {
      case 'save':
        saved.push({ ...state })
        break
      case 'restore':
      case 'paintFormXObjectEnd':
        state = saved.pop() ?? state
        break
      case 'paintFormXObjectBegin':
        saved.push({ ...state })
        state = { ...state, ctm: times(matrixOf(args[0]), state.ctm) }
        break
      case 'transform':
        state.ctm = times(matrixOf(args), state.ctm)
        break
      case 'setLineWidth':
        state.lineWidth = numberOf(args[0])
        break
      case 'setFont':
        state.size = numberOf(args[1])
        state.face = faceOf(String(args[0])) ?? state.face
        break
      case 'showText':
        show(state, listOf(args[0]), content)
        break
      case 'constructPath':
        content.rules.push(...rulesOf(numberOf(args[0]), listOf(listOf(args[1])[0]), state, codes))
        break
      default:
        setText(state, names.get(code) ?? '', args)
    }
  })
  return content
}

function initialState(transform: Matrix): TextState {
  const text = { size: 0, charSpacing: 0, wordSpacing: 0, stretch: 1, leading: 0, rise: 0, mode: 0 }
  return {
    ctm: transform,
    matrix: [1, 0, 0, 1, 0, 0],
    x: 0,
    y: 0,
    lineX: 0,
    lineY: 0,
    ...text,
    face: { name: '', unit: 0.001 },
    lineWidth: 1,
  }
}

function setText(state: TextState, name: string, args: readonly unknown[]): void {
  const first = numberOf(args[0])
  switch (name) {
    case 'beginText':
      setMatrix(state, [1, 0, 0, 1, 0, 0])
      break
    case 'setTextMatrix':
      setMatrix(state, matrixOf(args[0]))
      break
    case 'moveText':
      move(state, first, numberOf(args[1]))
      break
    case 'setLeadingMoveText':
      state.leading = numberOf(args[1])
      move(state, first, numberOf(args[1]))
      break
    case 'nextLine':
      move(state, 0, state.leading)
      break
    case 'setLeading':
      state.leading = -first
      break
    case 'setCharSpacing':
      state.charSpacing = first
      break
    case 'setWordSpacing':
      state.wordSpacing = first
      break
    case 'setHScale':
      state.stretch = first / 100
      break
    case 'setTextRise':
      state.rise = first
      break
    case 'setTextRenderingMode':
      state.mode = first
      break
    default:
      break
  }
}

function setMatrix(state: TextState, matrix: Matrix): void {
  Object.assign(state, { matrix, x: 0, y: 0, lineX: 0, lineY: 0 })
}

function move(state: TextState, x: number, y: number): void {
  state.lineX += x
  state.lineY += y
  state.x = state.lineX
  state.y = state.lineY
}

/** Places the characters of one operation: letters, and numbers that move the pen back by thousandths. */
function show(state: TextState, pieces: readonly unknown[], content: PageContent): void {
  const whole = times(state.matrix, state.ctm)
  const size = Math.abs(state.size) * Math.hypot(whole[2], whole[3])
  const isUpright = Math.abs(whole[1]) <= Math.abs(whole[0]) * 0.05 && whole[0] * state.size > 0
  for (const piece of pieces) {
    if (typeof piece === 'number') {
      state.x -= (piece / 1000) * state.size * state.stretch
      continue
    }
    const letter = letterOf(piece)
    if (letter === null) continue
    const spacing = state.charSpacing + (letter.isSpace ? state.wordSpacing : 0)
    const own = letter.width * state.face.unit * state.size
    if (isUpright) {
      const at = (x: number): number => whole[0] * x + whole[2] * (state.y + state.rise) + whole[4]
      const y = whole[1] * state.x + whole[3] * (state.y + state.rise) + whole[5]
      const x = at(state.x)
      const isHidden = state.mode === 3 || state.mode === 7
      place(content.glyphs, {
        text: letter.text,
        x,
        y,
        width: at(state.x + own * state.stretch) - x,
        size,
        font: state.face.name,
        isHidden,
      })
    }
    state.x += (own + spacing) * state.stretch
  }
}

/** A mark that combines (decomposed letters) goes with the letter before it, so that sorting cannot part them. */
function place(glyphs: Glyph[], glyph: Glyph): void {
  const before = glyphs.at(-1)
  const isMark = /^\p{M}+$/u.test(glyph.text)
  if (isMark && before && Math.abs(before.y - glyph.y) < before.size && /\p{L}/u.test(before.text))
    before.text += glyph.text
  else if (glyph.text !== '' && glyph.size > 0.5) glyphs.push(glyph)
}

function letterOf(piece: unknown): { text: string; width: number; isSpace: boolean } | null {
  if (typeof piece !== 'object' || piece === null || !('unicode' in piece)) return null
  const width = 'width' in piece ? numberOf(piece.width) : 0
  return { text: String(piece.unicode), width, isSpace: 'isSpace' in piece && piece.isSpace === true }
}

/** Straight rules of a path: stroked lines and edges of stroked boxes, and filled boxes thin enough to be a line. */
function rulesOf(paint: number, path: readonly unknown[], state: TextState, codes: OperationCodes): Rule[] {
  const strokes = ['stroke', 'closeStroke', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke']
  const isStroked = strokes.some((name) => codes[name] === paint)
  const isFilled = codes.fill === paint || codes.eoFill === paint
  if (!isStroked && !isFilled) return []
  const shapes = shapesOf(path.map(numberOf), state.ctm)
  return shapes.flatMap((points): Rule[] => {
    if (isStroked) return points.flatMap((point, index) => (index === 0 ? [] : between(points[index - 1], point)))
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    if (points.length < 4 || points.length > 6) return []
    if (bottom - top <= thinnest && right - left > thinnest)
      return [{ isHorizontal: true, at: (top + bottom) / 2, from: left, to: right }]
    if (right - left <= thinnest && bottom - top > thinnest)
      return [{ isHorizontal: false, at: (left + right) / 2, from: top, to: bottom }]
    return []
  })
}

/** A filled box up to this thick, in points, is a drawn line. */
const thinnest = 2.6

type Point = readonly [number, number]

function between(from: Point | undefined, to: Point): Rule[] {
  if (!from) return []
  const [dx, dy] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])]
  if (dy < 0.6 && dx > 1)
    return [
      { isHorizontal: true, at: (from[1] + to[1]) / 2, from: Math.min(from[0], to[0]), to: Math.max(from[0], to[0]) },
    ]
  if (dx < 0.6 && dy > 1)
    return [
      { isHorizontal: false, at: (from[0] + to[0]) / 2, from: Math.min(from[1], to[1]), to: Math.max(from[1], to[1]) },
    ]
  return []
}

/** Corner points of each shape of a path; shapes with curves are left out. */
function shapesOf(path: readonly number[], ctm: Matrix): Point[][] {
  const shapes: Point[][] = []
  let hasCurve = false
  const point = (at: number): Point => {
    const [x, y] = [path[at] ?? 0, path[at + 1] ?? 0]
    return [ctm[0] * x + ctm[2] * y + ctm[4], ctm[1] * x + ctm[3] * y + ctm[5]]
  }
  for (let at = 0; at < path.length;) {
    const last = shapes.at(-1)
    switch (path[at] ?? -1) {
      case 0:
        if (hasCurve) shapes.pop()
        hasCurve = false
        shapes.push([point(at + 1)])
        at += 3
        break
      case 1:
        last?.push(point(at + 1))
        at += 3
        break
      case 2:
      case 3:
        hasCurve = true
        at += path[at] === 2 ? 7 : 5
        break
      case 4:
        if (last?.[0]) last.push(last[0])
        at += 1
        break
      default:
        return shapes
    }
  }
  if (hasCurve) shapes.pop()
  return shapes
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value instanceof Float32Array || value instanceof Float64Array ? [...value] : []
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && !isWide(value) ? value : 0
}

function matrixOf(value: unknown): Matrix {
  const [a, b, c, d, e, f] = listOf(value)
  return value === undefined || value === null
    ? [1, 0, 0, 1, 0, 0]
    : [numberOf(a), numberOf(b), numberOf(c), numberOf(d), numberOf(e), numberOf(f)]
}
