type Rgb = readonly [number, number, number]

function parse(hex: string): Rgb {
  const at = (from: number): number => Number.parseInt(hex.slice(from, from + 2), 16)
  return [at(1), at(3), at(5)]
}

function mix(a: Rgb, b: Rgb, share: number): string {
  const part = (x: number, y: number): string =>
    Math.round(x + (y - x) * share)
      .toString(16)
      .padStart(2, '0')
  return `#${part(a[0], b[0])}${part(a[1], b[1])}${part(a[2], b[2])}`
}

/** Ten shades of a colour, the colour itself seventh: paler before, deeper after. */
export function shades(base: string): string[] {
  const color = parse(base)
  const paler = [0.93, 0.86, 0.72, 0.56, 0.38, 0.18].map((share) => mix(color, [255, 255, 255], share))
  return [...paler, base, ...[0.14, 0.28, 0.42].map((share) => mix(color, [0, 0, 0], share))]
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = parse(hex).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast of two colours as WCAG 2.2 measures it, 1–21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}
