import { mergeCatalogues, type Catalogue } from '../kit/catalogue.ts'

/** One lazy file per module and language; the build puts those of one language into one chunk. */
const files = import.meta.glob<Catalogue>(
  ['../../src/*/messages/*.json', '../../src/*/*/messages/*.json', '../*/messages/*.json', '../*/*/messages/*.json'],
  {
    import: 'default',
  },
)

function languageOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.json'.length)
}

/** The languages the browser has words in, the page's own first: it is the one `index.html` names. */
export function languagesKnown(first: string): string[] {
  const own = Object.keys(files).filter((path) => path.startsWith('./messages/'))
  const all = own.map(languageOf).sort()
  return [first, ...all.filter((language) => language !== first)].filter((language) => all.includes(language))
}

/** Every word of one language, from all modules. */
export async function loadCatalogue(language: string): Promise<Catalogue> {
  const wanted = Object.entries(files).filter(([path]) => languageOf(path) === language)
  const loaded = await Promise.all(wanted.map(async ([path, load]) => [path, await load()] as const))
  return mergeCatalogues(loaded)
}
