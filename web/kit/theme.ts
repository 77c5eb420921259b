import {
  convertCssVariables,
  createTheme,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'
import { shades } from './shades.ts'

/**
 * The colours of the product, by what they mean. `…Ink` is the text colour of a meaning (AA on every ground), the
 * plain name its fill, mark and line (3:1 on every ground). `theme.test.ts` measures all pairs.
 */
export const tokens = {
  light: {
    paper: '#FBFAF6',
    sheet: '#FFFFFF',
    sunk: '#F2F1EA',
    hover: '#EBEDE3',
    hairline: '#DAD9CF',
    line: '#868C85',
    ink: '#1E2A24',
    quiet: '#55625B',
    done: '#1F6B45',
    doneInk: '#1F6B45',
    shoot: '#8DBF5A',
    late: '#B86E00',
    lateInk: '#8A5200',
    lateGround: '#FFF3DC',
    overdue: '#B3261E',
    overdueInk: '#B3261E',
    overdueGround: '#FCEBE9',
    link: '#1F5FA8',
    linkInk: '#1F5FA8',
    linkGround: '#E8F0F9',
    guess: '#6C4AA0',
    guessInk: '#6C4AA0',
    guessGround: '#F1ECF8',
    doneGround: '#E7F1E9',
  },
  dark: {
    paper: '#151C18',
    sheet: '#1B231E',
    sunk: '#111713',
    hover: '#27312B',
    hairline: '#35413A',
    line: '#7E8A83',
    ink: '#E9ECE6',
    quiet: '#A9B4AC',
    done: '#5FAE7F',
    doneInk: '#86CFA3',
    shoot: '#8DBF5A',
    late: '#E5A23C',
    lateInk: '#EDB25A',
    lateGround: '#3A2C12',
    overdue: '#EF6F64',
    overdueInk: '#F5988F',
    overdueGround: '#43201D',
    link: '#6EA5E6',
    linkInk: '#93BFF2',
    linkGround: '#1B2E45',
    guess: '#AE8BE6',
    guessInk: '#C8AEF4',
    guessGround: '#2F2542',
    doneGround: '#1D3527',
  },
} as const

export type Token = keyof typeof tokens.light

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function variables(scheme: 'light' | 'dark'): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens[scheme]).map(([name, value]) => [`--${kebab(name)}`, value]))
}

function tuple(base: string): MantineColorsTuple {
  const [first = base, ...rest] = shades(base)
  const at = (index: number): string => rest[index] ?? base
  return [first, at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)]
}

export const theme = createTheme({
  colors: {
    bamboo: tuple(tokens.light.done),
    amber: tuple(tokens.light.lateInk),
    brick: tuple(tokens.light.overdue),
    blue: tuple(tokens.light.link),
    lilac: tuple(tokens.light.guess),
    red: tuple(tokens.light.overdue),
    // The library takes borders and grounds from its grays; its own make boundaries of 1.5:1.
    gray: [
      '#F8F8F4',
      '#F2F1EA',
      '#EBEDE3',
      '#DAD9CF',
      '#868C85',
      '#868C85',
      '#55625B',
      '#46524B',
      '#333F38',
      '#1E2A24',
    ],
    dark: [
      '#E9ECE6',
      '#C9D0CB',
      '#A9B4AC',
      '#8F9B94',
      '#7E8A83',
      '#35413A',
      '#1B231E',
      '#151C18',
      '#111713',
      '#0D120F',
    ],
  },
  primaryColor: 'bamboo',
  primaryShade: { light: 6, dark: 6 },
  white: tokens.light.sheet,
  black: tokens.light.ink,
  fontFamily: "'Be Vietnam Pro', system-ui, sans-serif",
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.1875rem' },
  lineHeights: { xs: '1.5', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: 'none',
    md: '0 4px 16px rgb(20 30 24 / 0.14)',
    lg: '0 4px 16px rgb(20 30 24 / 0.14)',
    xl: '0 8px 24px rgb(20 30 24 / 0.18)',
  },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.4' },
      h2: { fontSize: '1.125rem', lineHeight: '1.45' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.5' },
      h4: { fontSize: '0.9375rem', lineHeight: '1.5', fontWeight: '500' },
    },
  },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // The library's scroll lock writes a <style> element, which the policy refuses; base.css locks instead.
    Modal: {
      defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { duration: 0 } },
    },
    Drawer: {
      defaultProps: { lockScroll: false, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { duration: 0 } },
    },
    ActionIcon: { defaultProps: { size: '2.25rem', variant: 'subtle', color: 'gray' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
    CloseButton: { defaultProps: { size: 'md' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] } },
    Menu: { defaultProps: { transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, events: { hover: true, focus: true, touch: false } } },
  },
})

/** Our tokens, and the library's own variables bound to them: its defaults fail AA in placeholders, hints and anchors. */
const bound: Record<string, string> = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-placeholder': 'var(--quiet)',
  '--mantine-color-anchor': 'var(--link-ink)',
  '--mantine-color-error': 'var(--overdue-ink)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-disabled': 'var(--sunk)',
  '--mantine-color-disabled-color': 'var(--quiet)',
  '--mantine-color-disabled-border': 'var(--hairline)',
}

function meanings(): Record<string, string> {
  const names = { bamboo: 'done', amber: 'late', brick: 'overdue', red: 'overdue', blue: 'link', lilac: 'guess' }
  const pairs = Object.entries(names).flatMap(([color, token]) => [
    [`--mantine-color-${color}-text`, `var(--${token}-ink)`],
    [`--mantine-color-${color}-outline`, `var(--${token}-ink)`],
    [`--mantine-color-${color}-light`, `var(--${token}-ground)`],
    [`--mantine-color-${color}-light-hover`, 'var(--hover)'],
    [`--mantine-color-${color}-light-color`, `var(--${token}-ink)`],
  ])
  return Object.fromEntries([
    ...pairs,
    ['--mantine-color-gray-text', 'var(--quiet)'],
    ['--mantine-color-gray-light-color', 'var(--quiet)'],
    ['--mantine-color-gray-light-hover', 'var(--hover)'],
  ])
}

const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...variables('light'), ...bound, ...meanings() },
  dark: { ...variables('dark'), ...bound, ...meanings() },
})

/**
 * The variables of the theme as CSS. The library would write them into a `<style>` element at run time; we hand them
 * to the browser as a constructed style sheet, which `style-src 'self'` allows.
 */
function themeCss(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme)
  const base = defaultCssVariablesResolver(merged)
  const own = resolver(merged)
  return convertCssVariables(
    {
      variables: { ...base.variables, ...own.variables },
      light: { ...base.light, ...own.light },
      dark: { ...base.dark, ...own.dark },
    },
    ':root',
  )
}

/** Puts the theme on the page; once, before the first render. */
export function adoptTheme(): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(themeCss())
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
