import type {
  Agency,
  AgencyClass,
  AgencyData,
  AgencyKind,
  AgencyLevel,
  AgencySuccession,
  AgencyWords,
  Mandate,
} from '#agencies/model'
import type { TerritoryData, Unit } from '#territory/model'
import { reform, territory } from './territory.ts'

/** When the office for labour was dissolved and its fields of work went to others. */
const officesMoved = '2029-06-01'

type Life = { from: string | null; to: string | null }
type Body = {
  key: string
  kind: AgencyKind
  level: AgencyLevel
  name: string
  shortName: string
  abbreviations?: string[]
  life?: Life
  superior?: string
  isExecutive?: boolean
  numbering?: string
}

function body(given: Body): Agency {
  const life = given.life ?? { from: null, to: null }
  return {
    key: given.key,
    kind: given.kind,
    level: given.level,
    unitKey: given.key.slice(0, given.key.indexOf('/')),
    superiors: given.superior === undefined ? [] : [{ ...life, key: given.superior }],
    names: [{ ...life, name: given.name, shortName: given.shortName, abbreviations: given.abbreviations ?? [] }],
    ...life,
    isExecutive: given.isExecutive ?? true,
    numberingAbbreviation: given.numbering ?? null,
    offices: [],
  }
}

const council = 'u:TL/kronrad'
const gone: Life = { from: null, to: officesMoved }

const central: Agency[] = [
  body({ key: council, kind: 'institution', level: 'central', name: 'Krønråd', shortName: 'Krønråd', numbering: 'KR' }),
  body({
    key: 'u:TL/arbeidamt',
    kind: 'ministry',
    level: 'central',
    name: 'Åmt for Ârbeid og Bårn',
    shortName: 'Ârbeidåmt',
    abbreviations: ['ÅÂB'],
    life: gone,
    superior: council,
    numbering: 'AA',
  }),
  body({
    key: 'u:TL/heilamt',
    kind: 'ministry',
    level: 'central',
    name: 'Åmt for Heil',
    shortName: 'Heilåmt',
    abbreviations: ['ÅH'],
    superior: council,
    numbering: 'AH',
  }),
  body({
    key: 'u:TL/skolamt',
    kind: 'ministry',
    level: 'central',
    name: 'Åmt for Skøl',
    shortName: 'Skølåmt',
    superior: council,
    numbering: 'AS',
  }),
  body({
    key: 'u:TL/guldamt',
    kind: 'ministry',
    level: 'central',
    name: 'Åmt for Gułd',
    shortName: 'Gułdåmt',
    superior: council,
    numbering: 'AG',
  }),
  body({
    key: 'u:TL/innamt',
    kind: 'ministry',
    level: 'central',
    name: 'Åmt for Inre',
    shortName: 'Inråmt',
    superior: council,
    numbering: 'AI',
  }),
  body({
    key: 'u:TL/hogting',
    kind: 'court',
    level: 'central',
    name: 'Høgting',
    shortName: 'Høgting',
    isExecutive: false,
    numbering: 'HT',
  }),
  body({
    key: 'u:TL/barnarad',
    kind: 'coordination-body',
    level: 'central',
    name: 'Rikets Bårnaråd',
    shortName: 'Bårnaråd',
    superior: council,
  }),
]

function held(word: string, fn: string, life: Life = { from: null, to: null }): Mandate {
  return { agencyKey: `u:TL/${word}`, function: fn, ...life }
}

const moved: Life = { from: officesMoved, to: null }
const centralMandates: Mandate[] = [
  held('arbeidamt', 'children', gone),
  held('arbeidamt', 'vocational', gone),
  held('arbeidamt', 'labour', gone),
  held('heilamt', 'health'),
  held('heilamt', 'children', moved),
  held('skolamt', 'education'),
  held('skolamt', 'vocational', moved),
  held('guldamt', 'finance'),
  held('innamt', 'labour', moved),
]

function handedOver(to: string, fn: string | null): AgencySuccession {
  return { fromKey: 'u:TL/arbeidamt', toKey: `u:TL/${to}`, function: fn, date: officesMoved, share: 'whole' }
}

const levels = new Map(territory.types.map((type) => [type.type, type.level]))

function lifeOf(unit: Unit): Life {
  return { from: unit.versions[0]?.from ?? null, to: unit.versions.at(-1)?.to ?? null }
}

/** A council in every unit, and in a province an office for health and a court of its own. */
function localBodies(unit: Unit): Agency[] {
  const version = unit.versions[0]
  const level = levels.get(version?.type ?? '')
  if (version === undefined || level === undefined || level === 'country') return []
  const parent = level === 'province' ? council : `${version.parent}/rad`
  const life = lifeOf(unit)
  const names = unit.versions.map((each) => ({
    from: each.from,
    to: each.to,
    name: `Råd i ${each.name}`,
    shortName: `Råd ${each.name}`,
    abbreviations: ['Råd'],
  }))
  const superiors = unit.versions.map((each) => ({
    from: each.from,
    to: each.to,
    key: level === 'province' ? council : `${each.parent}/rad`,
  }))
  const rad: Agency = {
    ...body({
      key: `${unit.key}/rad`,
      kind: 'people-committee',
      level,
      name: '',
      shortName: '',
      life,
      superior: parent,
      numbering: 'R',
    }),
    names,
    superiors,
    offices: level === 'commune' ? [{ name: 'Stue for Bårn', ...life, functions: ['children'] }] : [],
  }
  if (level !== 'province') return [rad]
  const word = version.name
  return [
    rad,
    body({
      key: `${unit.key}/heilkontor`,
      kind: 'department',
      level,
      name: `Heilkontør i ${word}`,
      shortName: 'Heilkontør',
      life,
      superior: `${unit.key}/rad`,
      numbering: 'HK',
    }),
    body({
      key: `${unit.key}/skolkontor`,
      kind: 'department',
      level,
      name: `Skølkontør i ${word}`,
      shortName: 'Skølkontør',
      life,
      superior: `${unit.key}/rad`,
      numbering: 'SK',
    }),
    body({
      key: `${unit.key}/ting`,
      kind: 'court',
      level,
      name: `Ting i ${word}`,
      shortName: 'Ting',
      life,
      isExecutive: false,
    }),
  ]
}

function localMandates(local: readonly Agency[]): Mandate[] {
  return local.flatMap((agency) => {
    const word = agency.key.slice(agency.key.indexOf('/') + 1)
    const functions =
      { rad: ['local-administration'], heilkontor: ['health', 'children'], skolkontor: ['education'] }[word] ?? []
    return functions.map((fn) => ({ agencyKey: agency.key, function: fn, from: agency.from, to: agency.to }))
  })
}

/** Bodies of a unit go over to the same bodies of the units it became. */
function localSuccession(land: TerritoryData, local: readonly Agency[]): AgencySuccession[] {
  const keys = new Set(local.map((agency) => agency.key))
  return land.succession.flatMap((edge) =>
    ['rad', 'heilkontor', 'skolkontor', 'ting']
      .filter((word) => keys.has(`${edge.from}/${word}`) && keys.has(`${edge.to}/${word}`))
      .map((word) => ({
        fromKey: `${edge.from}/${word}`,
        toKey: `${edge.to}/${word}`,
        function: null,
        date: edge.date,
        share: edge.kind === 'part' ? ('part' as const) : ('whole' as const),
      })),
  )
}

function seat(
  role: 'chair' | 'standing-vice-chair' | 'vice-chair' | 'member',
  post: string,
  word: string,
  life: Life = { from: null, to: null },
) {
  return { bodyKey: 'u:TL/barnarad', role, post, agencyKey: `u:TL/${word}`, ...life, legalBasis: 'Krøngebod 12/2021' }
}

const bodiesOfState: AgencyData = {
  functions: [
    { code: 'children', names: { vi: 'Trẻ em', en: 'Children', fr: 'Enfance' } },
    { code: 'vocational', names: { vi: 'Dạy nghề', en: 'Vocational training', fr: 'Formation professionnelle' } },
    { code: 'labour', names: { vi: 'Lao động', en: 'Labour', fr: 'Travail' } },
    { code: 'health', names: { vi: 'Y tế', en: 'Health', fr: 'Santé' } },
    { code: 'education', names: { vi: 'Giáo dục', en: 'Education', fr: 'Éducation' } },
    { code: 'finance', names: { vi: 'Tài chính', en: 'Finance', fr: 'Finances' } },
    {
      code: 'local-administration',
      names: { vi: 'Hành chính địa phương', en: 'Local administration', fr: 'Administration locale' },
    },
  ],
  agencies: central,
  mandates: centralMandates,
  succession: [handedOver('heilamt', 'children'), handedOver('skolamt', 'vocational'), handedOver('innamt', null)],
  seats: [
    seat('chair', 'Krønrådets forman', 'kronrad'),
    seat('standing-vice-chair', 'Åmtmann', 'arbeidamt', gone),
    seat('standing-vice-chair', 'Åmtmann', 'heilamt', moved),
    seat('member', 'Dommer', 'hogting'),
  ],
}

/** The invented country's bodies: a council, five offices of state, a court, and a council in every unit. */
export function bodiesOf(land: TerritoryData): AgencyData {
  const local = land.units.flatMap(localBodies)
  return {
    ...bodiesOfState,
    agencies: [...central, ...local],
    mandates: [...centralMandates, ...localMandates(local)],
    succession: [...bodiesOfState.succession, ...localSuccession(land, local)],
  }
}

export const agencies: AgencyData = bodiesOf(territory)

/** Phrases of the invented country that name many bodies at once. */
export const agencyClasses: AgencyClass[] = [
  {
    code: 'ministries',
    names: { vi: 'Các bộ', en: 'The offices of state', fr: 'Les offices d’État' },
    patterns: ['^alle amter$'],
    selectors: [{ kinds: ['ministry'], level: 'central', within: 'nation' }],
    isOpen: false,
    abolished: null,
  },
  {
    code: 'province-offices',
    names: { vi: 'Các sở', en: 'The offices of the vård', fr: 'Les offices du vård' },
    patterns: ['^alle kontorer$'],
    selectors: [{ kinds: ['department'], level: 'province', within: 'issuer-territory' }],
    isOpen: false,
    abolished: null,
  },
  {
    code: 'district-councils',
    names: { vi: 'Hội đồng các huyện', en: 'The councils of the kråjer', fr: 'Les conseils des kråjer' },
    patterns: ['^rad i alle krajer$'],
    selectors: [{ kinds: ['people-committee'], level: 'district', within: 'issuer-territory' }],
    isOpen: false,
    abolished: {
      since: reform,
      successors: [{ kinds: ['people-committee'], level: 'commune', within: 'issuer-territory' }],
    },
  },
  {
    code: 'commune-councils',
    names: { vi: 'Hội đồng các xã', en: 'The councils of the parishes', fr: 'Les conseils des paroisses' },
    patterns: ['^rad i alle osler( og torger)?$'],
    selectors: [{ kinds: ['people-committee'], level: 'commune', within: 'issuer-territory' }],
    isOpen: false,
    abolished: null,
  },
  {
    code: 'market-town-councils',
    names: { vi: 'Hội đồng các phường', en: 'The councils of the market towns', fr: 'Les conseils des bourgs' },
    patterns: ['^rad i alle torger$'],
    selectors: [{ kinds: ['people-committee'], level: 'commune', within: 'issuer-territory', unitTypes: ['torg'] }],
    isOpen: false,
    abolished: null,
  },
  {
    code: 'localities',
    names: { vi: 'Các địa phương', en: 'The localities', fr: 'Les collectivités' },
    patterns: ['^alle steder$'],
    selectors: [
      { kinds: ['people-committee'], level: 'province', within: 'nation', forIssuers: ['central'] },
      { kinds: ['people-committee'], level: 'commune', within: 'issuer-territory', forIssuers: ['province'] },
    ],
    isOpen: false,
    abolished: null,
  },
  {
    code: 'concerned',
    names: { vi: 'Các cơ quan liên quan', en: 'The bodies concerned', fr: 'Les organismes concernés' },
    patterns: ['angar'],
    selectors: [],
    isOpen: true,
    abolished: null,
  },
]

export const agencyWords: AgencyWords = {
  expansions: [
    ['aab', 'amt for arbeid og barn'],
    ['ah', 'amt for heil'],
  ],
  fillers: ['og', 'for', 'i'],
  leads: ['ber'],
  posts: ['amtmann'],
  tails: ['det angar'],
  tiers: ['vard', 'kraj', 'osel', 'torg'],
  references: ['som over'],
  concerned: ' som angar$',
  plural: '^alle ',
}
